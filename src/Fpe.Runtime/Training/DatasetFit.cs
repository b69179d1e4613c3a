using System.Globalization;
using Fpe.Data;

namespace Fpe.Training;

/// <summary>Checks that a data set fits a model and a loss.</summary>
internal static class DatasetFit
{
    /// <exception cref="DatasetException">The data set does not fit.</exception>
    public static void Check(Dataset dataset, ModelPlan plan, Loss loss)
    {
        if (dataset.FeatureCount != plan.InputCount)
            throw new DatasetException(dataset.Name, $"its samples have {dataset.FeatureCount} values, but {plan.Name} reads {plan.InputCount}; change {(plan.SampleParts is [{ Vocabulary: > 0 }] ? "[Model(tokens: …)]" : "[Model(inputs: …)]")} or the data.");
        CheckTokens(dataset, plan);

        if (dataset.Labels is not null)
            CheckClasses(dataset, plan, loss);
        else
            CheckTargets(dataset, plan, loss);
    }

    /// <summary>
    /// Checks tokens that the data set knows as such; kernels check those that come as numbers, from an array or a custom source.
    /// </summary>
    private static void CheckTokens(Dataset dataset, ModelPlan plan)
    {
        foreach (FeaturePart tokens in dataset.Parts.Where(part => part.Vocabulary is not null))
        {
            int end = tokens.Start + tokens.Count;
            foreach (SamplePart part in plan.SampleParts.Where(part => part.First < end && tokens.Start < part.First + part.Count))
            {
                if (part.Vocabulary == 0)
                    throw new DatasetException(dataset.Name, $"its values {tokens.Start} to {end - 1} are tokens, but {plan.Name} reads numbers there; declare them with [Model(tokens: …, vocabulary: …)] or [Input(tokens: …, vocabulary: …)], or change the data.");
                if (tokens.Vocabulary > part.Vocabulary)
                    throw new DatasetException(dataset.Name, $"it has a vocabulary of {tokens.Vocabulary} tokens, but {plan.Name} of {part.Vocabulary}; declare vocabulary: {tokens.Vocabulary}, or use a smaller one for the data.");
            }
        }
    }

    private static void CheckClasses(Dataset dataset, ModelPlan plan, Loss loss)
    {
        bool oneOutputForTwoClasses = loss.UsesTargets && plan.OutputCount == 1 && dataset.OutputCount <= 2;
        if (dataset.OutputCount > plan.OutputCount && !oneOutputForTwoClasses)
            throw new DatasetException(dataset.Name, $"it has {dataset.OutputCount} classes, but {plan.Name} has {plan.OutputCount} outputs; give its last layer {dataset.OutputCount} neurons.");
        if (dataset.OutputCount < plan.OutputCount)
            throw new DatasetException(dataset.Name, $"it has {dataset.OutputCount} classes, but {plan.Name} has {plan.OutputCount} outputs; give its last layer {dataset.OutputCount} neurons, or read the data with {plan.OutputCount} classes if some have no samples here.");
        if (loss.UsesTargets && (long)dataset.Count * plan.OutputCount > Array.MaxLength)
            throw new DatasetException(dataset.Name, $"{dataset.Count} samples with a target for each of {plan.OutputCount} outputs exceed the maximum of {Array.MaxLength} targets; use fewer samples, or a loss that compares classes.");
    }

    private static void CheckTargets(Dataset dataset, ModelPlan plan, Loss loss)
    {
        if (!loss.UsesTargets)
            throw new DatasetException(dataset.Name, $"its samples have target values, but {loss.Name} compares classes; use another loss or give the samples labels.");
        if (dataset.OutputCount != plan.OutputCount)
            throw new DatasetException(dataset.Name, $"its samples have {dataset.OutputCount} target values, but {plan.Name} has {plan.OutputCount} outputs; give its last layer {dataset.OutputCount} neurons.");
        if (loss is not SigmoidCrossEntropyLoss)
            return;

        float[] targets = dataset.Targets!;
        for (int i = 0; i < targets.Length; i++)
        {
            if (targets[i] is < 0 or > 1)
                throw new DatasetException(dataset.Name, string.Create(CultureInfo.InvariantCulture, $"target {i % dataset.OutputCount} of sample {i / dataset.OutputCount} is {targets[i]}, but {loss.Name} compares probabilities from 0 to 1; scale the targets or use another loss."));
        }
    }
}
