using Fpe.Data;
using static System.FormattableString;

namespace Fpe;

/// <summary>Checks that a meaning fits a model.</summary>
internal static class MeaningFit
{
    /// <exception cref="ModelMeaningException">It does not fit.</exception>
    public static void Check(ModelMeaning meaning, ModelPlan plan)
    {
        if (meaning.Task is { } task)
            CheckTask(task, plan);
        CheckNames(meaning, plan);
        if (meaning.Threshold is not (> 0 and < 1))
            throw new ModelMeaningException(plan.Name, Invariant($"Threshold must be greater than 0 and less than 1, but is {meaning.Threshold}."));
        if (meaning.Encoder is { } encoder && string.IsNullOrWhiteSpace(encoder))
            throw new ModelMeaningException(plan.Name, "the name of the encoder is empty; leave it out, or give it one.");
        if (meaning.Features is { } features)
            CheckFeatures(features, plan);
        if (meaning.Targets is { } targets)
            CheckTargets(targets, meaning, plan);
    }

    private static void CheckTask(ModelTask task, ModelPlan plan)
    {
        int outputs = plan.OutputCount;
        if (!Enum.IsDefined(task))
            throw new ModelMeaningException(plan.Name, $"there is no task {(int)task}; use one of {string.Join(", ", Enum.GetNames<ModelTask>())}.");
        if (task == ModelTask.BinaryClassification && outputs != 1)
            throw new ModelMeaningException(plan.Name, $"{task.Text()} needs one output, but there are {outputs}; use ModelTask.{(outputs == 2 ? "Classification" : "Classification or ModelTask.MultiLabel")}, or give the last layer one neuron.");
        if (task is ModelTask.Classification or ModelTask.MultiLabel && outputs == 1)
            throw new ModelMeaningException(plan.Name, $"{task.Text()} needs an output for each class, but there is only one; use ModelTask.BinaryClassification, or give the last layer more neurons.");
    }

    private static void CheckNames(ModelMeaning meaning, ModelPlan plan)
    {
        if (meaning.ClassNames is not { } names)
            return;
        int outputs = plan.OutputCount;
        bool isBinary = meaning.Task == ModelTask.BinaryClassification || (meaning.Task is null && outputs == 1 && names.Count == 2);
        int needed = isBinary ? 2 : outputs;
        if (names.Count != needed)
            throw new ModelMeaningException(plan.Name, $"there are {names.Count} class names, but {(isBinary ? "a binary network has 2 classes" : $"{outputs} outputs")}; pass one name for each.");
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int c = 0; c < names.Count; c++)
        {
            if (string.IsNullOrWhiteSpace(names[c]))
                throw new ModelMeaningException(plan.Name, $"the name of class {c} is empty; give it one.");
            if (!seen.TryAdd(names[c], c))
                throw new ModelMeaningException(plan.Name, $"classes {seen[names[c]]} and {c} are both named {names[c]}; give each its own name.");
        }
    }

    private static void CheckFeatures(Standardization features, ModelPlan plan)
    {
        if (features.FeatureCount != plan.InputCount)
            throw new ModelMeaningException(plan.Name, $"the standardisation has {features.FeatureCount} features, but the model reads {plan.InputCount}; use one that was measured on samples of {plan.InputCount} values.");
        foreach (SamplePart part in plan.SampleParts)
        {
            for (int i = part.First; i < part.First + part.Count; i++)
            {
                if (part.Vocabulary > 0 && features.Changes(i))
                    throw new ModelMeaningException(plan.Name, $"the standardisation changes value {i}, which is a token; measure it on a data set whose tokens are TokenRows.");
            }
        }
    }

    private static void CheckTargets(Standardization targets, ModelMeaning meaning, ModelPlan plan)
    {
        if (meaning.Task is { } task and not ModelTask.Regression)
            throw new ModelMeaningException(plan.Name, $"targets of {task.Text()} are not standardised; leave Targets out, or use ModelTask.Regression.");
        if (targets.FeatureCount != plan.OutputCount)
            throw new ModelMeaningException(plan.Name, $"the standardisation has {targets.FeatureCount} targets, but the model has {plan.OutputCount} outputs; use one that was measured on {plan.OutputCount} target values.");
        for (int t = 0; t < plan.OutputCount; t++)
        {
            if (targets.Changes(t) && targets.Deviations[targets.Groups[t]] == 0)
                throw new ModelMeaningException(plan.Name, $"the standardisation has deviation 0 for target {t}, so there is nothing to learn; use one that was measured on different values.");
        }
    }
}
