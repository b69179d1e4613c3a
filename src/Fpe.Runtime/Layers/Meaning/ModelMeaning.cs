using Fpe.Data;

namespace Fpe;

/// <summary>
/// What the numbers of a model mean: its task, the names of its classes, and how samples and targets are standardised. It is saved with the
/// model, is restored when it is loaded, and is part of ONNX files.
/// </summary>
/// <remarks>
/// Everything that predicts, <see cref="Predictions"/> and the methods named <c>Predict</c>, takes samples as they were
/// read, standardises them, and returns values in the units of the targets; so do training and evaluation. <c>Forward</c> does not: it
/// passes its samples to the first layer and returns the values of the last.
/// </remarks>
public sealed record ModelMeaning
{
    /// <summary>Gets the meaning of a model about which nothing is known.</summary>
    public static ModelMeaning Unknown { get; } = new();

    /// <summary>Gets the task; null if it is not known yet, so that a training run sets it by its loss.</summary>
    public ModelTask? Task { get; init; }

    /// <summary>
    /// Gets the names of the classes, labels or target values, in the order of the outputs; for binary classification, of classes 0 and 1.
    /// Null if they have no names. The list is copied.
    /// </summary>
    public IReadOnlyList<string>? ClassNames
    {
        get;
        init => field = value is null ? null : Array.AsReadOnly([.. value]);
    }

    /// <summary>
    /// Gets the probability above which a binary network predicts class 1 and a multi-label network a label; greater than 0 and less than 1.
    /// </summary>
    public double Threshold { get; init; } = 0.5;

    /// <summary>Gets the standardisation of samples; null if the model reads them as they are.</summary>
    public Standardization? Features { get; init; }

    /// <summary>
    /// Gets the standardisation of targets, which is undone in predictions; null if outputs have the units of the targets. Only for
    /// regression.
    /// </summary>
    public Standardization? Targets { get; init; }

    /// <summary>
    /// Gets the identity of the model that computes the samples, such as the embedding model that turns texts into vectors; null if samples
    /// come from elsewhere, or it is not known. It is text for those who compute samples to compare.
    /// </summary>
    public string? Encoder { get; init; }

    /// <summary>Returns whether two meanings are equal; names and standardisations are compared by their content.</summary>
    public bool Equals(ModelMeaning? other) =>
        other is not null && Task == other.Task && Threshold.Equals(other.Threshold)
        && (ClassNames is null ? other.ClassNames is null : other.ClassNames is not null && ClassNames.SequenceEqual(other.ClassNames))
        && Equals(Features, other.Features) && Equals(Targets, other.Targets) && Encoder == other.Encoder;

    /// <summary>Returns the class of one row of outputs: the first of the largest, or 0 or 1 by the threshold if there is only one output.</summary>
    internal int ClassOf(ReadOnlySpan<float> outputs)
    {
        if (outputs.Length == 1)
            return IsAboveThreshold(outputs[0]) ? 1 : 0;
        int best = 0;
        for (int c = 1; c < outputs.Length; c++)
        {
            if (outputs[c] > outputs[best])
                best = c;
        }

        return best;
    }

    /// <summary>Returns whether the probability of a logit is above the threshold: a binary network then predicts class 1, a multi-label one the label.</summary>
    internal bool IsAboveThreshold(float logit) => OutputProbabilities.Sigmoid(logit) > Threshold;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Task, Threshold, ClassNames?.Count, Features, Targets, Encoder);
}
