using Fpe.Compute;
using Fpe.Training;

namespace Fpe.Extensions.AI;

/// <summary>Options for training and updating a text classifier.</summary>
public sealed record TextClassifierOptions
{
    /// <summary>
    /// Gets how the model is trained: epochs, batch size, optimizer with its learning rate, schedule, expansion, learned edges, early stopping.
    /// A model with one output is always trained by sigmoid cross-entropy.
    /// </summary>
    public TrainingOptions Training { get; init; } = new();

    /// <summary>
    /// Gets the names of the classes, in the order of the outputs; null for the labels that occur, in ordinal order. Each must have examples.
    /// </summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>
    /// Gets the identity of the embedding model, such as its name and version; null for the provider and the model that the generator names
    /// in its metadata. It is saved, and a classifier is loaded only with a generator of the same identity.
    /// </summary>
    public string? GeneratorId { get; init; }

    /// <summary>Gets the largest number of texts in one call of the generator; at least 1.</summary>
    public int EmbeddingBatchSize { get; init; } = 64;

    /// <summary>
    /// Gets whether each value of the embeddings is standardised to mean 0 and deviation 1, by statistics of the training texts that are saved
    /// with the model. An update keeps those of the training.
    /// </summary>
    public bool Standardize { get; init; } = true;

    /// <summary>
    /// Gets the fraction of the texts, drawn at random, that are not trained on but validate after each epoch; at least 0 and less than 1. Early
    /// stopping needs it.
    /// </summary>
    public double ValidationFraction { get; init; }

    /// <summary>
    /// Gets the number of embeddings of each class, chosen at random, that the classifier keeps and saves, so that an update does not forget
    /// them; at least 0. One takes four bytes for each of its values; texts are not kept.
    /// </summary>
    public int ExamplesPerClass { get; init; } = 100;

    /// <summary>Gets the seed of the initial weights, the split, the order of samples, the validation part and the examples that are kept.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Gets the device that trains and predicts; null for <see cref="Device.Default"/>. An update uses that of the classifier.</summary>
    public Device? Device { get; init; }

    /// <summary>Gets what observes the training run, such as a <see cref="ConsoleObserver"/>.</summary>
    public IReadOnlyList<ITrainingObserver> Observers { get; init; } = [];

    /// <exception cref="TrainingOptionsException">An option is out of range.</exception>
    internal void Validate()
    {
        if (EmbeddingBatchSize < 1)
            throw new TrainingOptionsException(nameof(EmbeddingBatchSize), FormattableString.Invariant($"{EmbeddingBatchSize} is out of range; it must be at least 1."));
        if (ValidationFraction is not (>= 0 and < 1))
            throw new TrainingOptionsException(nameof(ValidationFraction), FormattableString.Invariant($"{ValidationFraction} is out of range; it must be at least 0 and less than 1."));
        if (ExamplesPerClass < 0)
            throw new TrainingOptionsException(nameof(ExamplesPerClass), FormattableString.Invariant($"{ExamplesPerClass} is out of range; it must be at least 0."));
    }
}
