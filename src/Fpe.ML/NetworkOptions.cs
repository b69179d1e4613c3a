using Fpe.Compute;
using Fpe.Training;

namespace Fpe.ML;

/// <summary>Options of a trainer of ML.NET that trains a declared model.</summary>
public sealed record NetworkOptions
{
    /// <summary>Gets the name of the column with the label.</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>Gets the name of the column with the features: a vector of <see cref="float"/> as wide as the model reads.</summary>
    public string FeatureColumnName { get; init; } = "Features";

    /// <summary>
    /// Gets the name of the column with the weight of each row in the loss, a <see cref="float"/> of at least 0; null if all rows count
    /// the same. A row of weight 2 counts as two rows, and one of weight 0 not at all. Validation data needs the column as well.
    /// </summary>
    public string? ExampleWeightColumnName { get; init; }

    /// <summary>
    /// Gets how the model is trained: epochs, batch size, optimizer with its learning rate, schedule, expansion, early stopping. Its loss
    /// must keep its default, because it follows from the trainer.
    /// </summary>
    public TrainingOptions Training { get; init; } = new();

    /// <summary>Gets the seed of the initial weights, the split, the order of samples and the validation part.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>
    /// Gets whether features, and the label of a regression, are standardised to mean 0 and deviation 1. The statistics are those of the
    /// training part; they are saved with the model. Turn it off for models that read tokens, and if features are normalised already.
    /// </summary>
    public bool Standardize { get; init; } = true;

    /// <summary>
    /// Gets the fraction of the rows, drawn at random, that are not trained on but validate after each epoch; at least 0 and less than 1.
    /// Early stopping needs it, or validation data that is passed to <see cref="NetworkTrainer{TModel}.Fit(Microsoft.ML.IDataView, Microsoft.ML.IDataView)"/>.
    /// </summary>
    public double ValidationFraction { get; init; }

    /// <summary>Gets the device that trains and predicts; null for <see cref="Device.Default"/>.</summary>
    public Device? Device { get; init; }

    /// <summary>Gets the token that ends a fit after the current step, with an <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <exception cref="TrainingOptionsException">An option is out of range.</exception>
    internal void Validate()
    {
        if (Training.Loss != Loss.SoftmaxCrossEntropy)
            throw new TrainingOptionsException($"{nameof(Training)}.{nameof(Training.Loss)}", $"it is {Training.Loss.Name}, but the trainer of ML.NET chooses the loss; remove the option, or choose another trainer.");
        if (ValidationFraction is not (>= 0 and < 1))
            throw new TrainingOptionsException(nameof(ValidationFraction), FormattableString.Invariant($"{ValidationFraction} is out of range; it must be at least 0 and less than 1."));
    }
}
