using Fpe.Data;

namespace Fpe.Training;

/// <summary>The weights of classes and of positive targets in a run, which training and validation data share.</summary>
/// <param name="Classes">The weight of each class; null if all are 1.</param>
/// <param name="Positives">The weight of the positive targets of each output; null if all are 1.</param>
internal sealed record LossWeighting(double[]? Classes, double[]? Positives)
{
    /// <summary>All weights are 1.</summary>
    public static LossWeighting None { get; } = new(Classes: null, Positives: null);

    /// <summary>Computes the weights of a run.</summary>
    /// <exception cref="TrainingOptionsException">Weights do not fit the loss or the training data.</exception>
    public static LossWeighting Of(TrainingOptions options, Dataset train, ModelPlan plan)
    {
        if (options.PositiveWeights is not null && options.Loss is not SigmoidCrossEntropyLoss)
            throw new TrainingOptionsException(nameof(options.PositiveWeights), $"{options.Loss.Name} has no positive targets; use {nameof(Loss)}.{nameof(Loss.SigmoidCrossEntropy)}, or {nameof(options.ClassWeights)}.");
        return new LossWeighting(options.ClassWeights?.OfClasses(train, plan), options.PositiveWeights?.OfPositives(train, plan));
    }

    /// <summary>Returns the weights of the samples of a data set; null if all are 1 and neither the loss nor the caller needs any.</summary>
    /// <exception cref="TrainingOptionsException">The loss takes no weights, or all samples have weight 0.</exception>
    public SampleWeights? For(Dataset dataset, Loss loss, int outputs, bool isNeeded = false)
    {
        bool hasWeights = dataset.HasWeights || Classes is not null || Positives is not null;
        if (hasWeights && !loss.TakesWeights)
            throw new TrainingOptionsException(nameof(TrainingOptions.Loss), $"{loss.Name} takes no weights, but {(dataset.HasWeights ? $"the samples of {dataset.Name}" : "classes")} have some; use another loss, or override {nameof(Loss.TakesWeights)}.");
        if (!hasWeights && !loss.NeedsWeights && !isNeeded)
            return null;

        if (Classes is not null && dataset.Labels is null)
            throw new TrainingOptionsException(nameof(TrainingOptions.ClassWeights), $"the samples of {dataset.Name} have target values, not classes; give them classes, as the training samples have.");

        // Softmax cross-entropy multiplies each of its terms by the weight of the term's class.
        bool classesAreOutputs = loss is SoftmaxCrossEntropyLoss;
        var values = new float[dataset.Count];
        var shares = new double[dataset.Count];
        for (int s = 0; s < values.Length; s++)
        {
            double own = dataset.Weight(s), ofClass = Classes is null ? 1 : Classes[dataset.Labels![s]];
            values[s] = (float)(classesAreOutputs ? own : own * ofClass);
            shares[s] = own * ofClass;
        }

        if (!Array.Exists(shares, share => share > 0))
            throw Classes is null
                ? new TrainingOptionsException(nameof(Dataset.Weight), $"all {dataset.Count} samples of {dataset.Name} have weight 0; give at least one of them a positive weight.")
                : new TrainingOptionsException(nameof(TrainingOptions.ClassWeights), $"all {dataset.Count} samples of {dataset.Name} have weight 0; give at least one of their classes a positive weight.");
        double[]? ofOutputs = classesAreOutputs ? Classes : Positives;
        float[]? outputWeights = loss is CrossEntropyLoss ? [.. ofOutputs?.Select(weight => (float)weight) ?? Enumerable.Repeat(1f, outputs)] : null;
        return new SampleWeights(values, shares, outputWeights);
    }
}
