using Fpe.Data;
using static System.FormattableString;

namespace Fpe.Metrics;

/// <summary>Measures how good a model is: <c>model.Evaluate(test).F1()</c>.</summary>
public static class ModelEvaluation
{
    /// <summary>The number of samples that are computed at once.</summary>
    private const int BatchSize = 256;

    extension(Model model)
    {
        /// <summary>Predicts all samples of a data set, and compares.</summary>
        /// <param name="dataset">The data, as it was read, or standardised as the model does.</param>
        /// <exception cref="TaskMismatchException">The task of the model is not known.</exception>
        /// <exception cref="DatasetException">The data does not fit the model or its task.</exception>
        /// <exception cref="ModelInUseException">Another thread is changing the model.</exception>
        /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
        public MetricReport Evaluate(Dataset dataset)
        {
            ArgumentNullException.ThrowIfNull(model);
            ArgumentNullException.ThrowIfNull(dataset);
            using ModelAccess.Scope scope = model.Access.Read(ModelUse.Evaluating);
            ModelMeaning meaning = model.Meaning;
            ModelTask task = TaskOf(model, meaning);
            if (dataset.FeatureCount != model.Plan.InputCount)
                throw new DatasetException(dataset.Name, $"its samples have {dataset.FeatureCount} values, but {model.Plan.Name} reads {model.Plan.InputCount}; evaluate on data of the same kind.");
            float[] truth = TruthOf(dataset, task, model.Plan);
            float[] outputs = OutputsOf(model, dataset);
            RequireNumbers(outputs, model, dataset);
            meaning.Targets?.Invert(outputs, outputs);
            return new MetricReport(dataset.Name, meaning, model.Plan.OutputCount, outputs, truth);
        }

        /// <summary>Predicts samples with classes, and compares.</summary>
        /// <param name="samples">Samples row by row: [batch, inputs]. The array is not copied.</param>
        /// <param name="labels">The class of each sample. The array is not copied.</param>
        /// <inheritdoc cref="Evaluate(Model, Dataset)" path="/exception"/>
        public MetricReport Evaluate(float[] samples, int[] labels)
        {
            ArgumentNullException.ThrowIfNull(model);
            return model.Evaluate(Dataset.OfClasses(nameof(samples), model.Plan.InputCount, samples, labels, Math.Max(2, model.Plan.OutputCount)));
        }

        /// <summary>Predicts samples with target values, and compares.</summary>
        /// <param name="samples">Samples row by row: [batch, inputs]. The array is not copied.</param>
        /// <param name="targets">Target values row by row: [batch, outputs]. The array is not copied.</param>
        /// <inheritdoc cref="Evaluate(Model, Dataset)" path="/exception"/>
        public MetricReport Evaluate(float[] samples, float[] targets)
        {
            ArgumentNullException.ThrowIfNull(model);
            return model.Evaluate(Dataset.OfTargets(nameof(samples), model.Plan.InputCount, samples, model.Plan.OutputCount, targets));
        }
    }

    /// <exception cref="TaskMismatchException">The task is not known.</exception>
    internal static ModelTask TaskOf(Model model, ModelMeaning meaning) => meaning.Task
        ?? throw new TaskMismatchException(model.Plan.Name, "it cannot be evaluated, because its task is not known; train it with a loss that has one, or set Meaning with a Task.");

    /// <summary>Returns the class of each sample for one of several classes, otherwise target values.</summary>
    internal static float[] TruthOf(Dataset dataset, ModelTask task, ModelPlan plan)
    {
        int outputs = plan.OutputCount;
        if (dataset.Labels is { } labels)
        {
            int classes = task == ModelTask.BinaryClassification ? 2 : outputs;
            if (task == ModelTask.Regression)
                throw new DatasetException(dataset.Name, $"its samples have classes, but the task of {plan.Name} is {task.Text()}; give the samples target values.");
            if (dataset.OutputCount > classes)
                throw new DatasetException(dataset.Name, $"it has {dataset.OutputCount} classes, but {plan.Name} predicts {classes}; evaluate on data of the same kind.");
            return task == ModelTask.MultiLabel ? OneHot(labels, outputs) : [.. labels.Select(label => (float)label)];
        }

        float[] targets = dataset.Targets!;
        if (task == ModelTask.Classification)
            throw new DatasetException(dataset.Name, $"its samples have target values, but the task of {plan.Name} is {task.Text()}; give the samples classes.");
        if (dataset.OutputCount != outputs)
            throw new DatasetException(dataset.Name, $"its samples have {dataset.OutputCount} target values, but {plan.Name} has {outputs} outputs; evaluate on data of the same kind.");
        int wrong = task == ModelTask.Regression ? -1 : Array.FindIndex(targets, target => target is not (0 or 1));
        return wrong < 0
            ? targets
            : throw new DatasetException(dataset.Name, Invariant($"target {wrong % outputs} of sample {wrong / outputs} is {targets[wrong]}, but the metrics of {task.Text()} need 0 or 1; round the targets."));
    }

    private static float[] OneHot(int[] labels, int outputs)
    {
        var targets = new float[labels.Length * outputs];
        for (int s = 0; s < labels.Length; s++)
            targets[(s * outputs) + labels[s]] = 1;
        return targets;
    }

    /// <summary>Returns the outputs for all samples, row by row.</summary>
    internal static float[] OutputsOf(Model model, Dataset dataset)
    {
        (int inputs, int outputs) = (model.Plan.InputCount, model.Plan.OutputCount);
        Dataset prepared = MeaningData.WithFeatures(model, dataset);
        var rows = new float[BatchSize * inputs];
        var results = new float[dataset.Count * outputs];
        for (int start = 0; start < dataset.Count; start += BatchSize)
        {
            int count = Math.Min(BatchSize, dataset.Count - start);
            for (int s = 0; s < count; s++)
                prepared.Read(start + s, rows.AsSpan(s * inputs, inputs));
            model.ForwardAlone(rows.AsSpan(0, count * inputs), results.AsSpan(start * outputs, count * outputs), count);
        }

        return results;
    }

    private static void RequireNumbers(float[] results, Model model, Dataset dataset)
    {
        int wrong = Array.FindIndex(results, float.IsNaN), outputs = model.Plan.OutputCount;
        if (wrong >= 0)
            throw new InvalidOperationException($"Output {wrong % outputs} of {model.Plan.Name} for sample {wrong / outputs} of {dataset.Name} is not a number: weights are not finite, or sums are too large for {model.Device.ElementType}; train the model again with a lower learning rate.");
    }
}
