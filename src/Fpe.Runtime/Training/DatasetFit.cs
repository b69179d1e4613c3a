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
            throw new DatasetException(dataset.Name, $"its samples have {dataset.FeatureCount} values, but {plan.Name} reads {plan.InputCount}; change [Model(inputs: …)] or the data.");

        if (dataset.Labels is not null)
            CheckClasses(dataset, plan, loss);
        else
            CheckTargets(dataset, plan, loss);
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
        if (loss != Loss.SigmoidCrossEntropy)
            return;

        float[] targets = dataset.Targets!;
        for (int i = 0; i < targets.Length; i++)
        {
            if (targets[i] is < 0 or > 1)
                throw new DatasetException(dataset.Name, string.Create(CultureInfo.InvariantCulture, $"target {i % dataset.OutputCount} of sample {i / dataset.OutputCount} is {targets[i]}, but {loss.Name} compares probabilities from 0 to 1; scale the targets or use another loss."));
        }
    }
}
