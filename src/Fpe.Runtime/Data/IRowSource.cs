namespace Fpe.Data;

/// <summary>
/// The source of a <see cref="Dataset"/>'s samples: memory, a file on disk, or a custom source. Any sample can be read at any time, so
/// every epoch can use a full permutation.
/// </summary>
public interface IRowSource
{
    /// <summary>Gets the number of samples.</summary>
    int Count { get; }

    /// <summary>Gets the number of values per sample.</summary>
    int FeatureCount { get; }

    /// <summary>What the values of a sample are, in their order; those of a custom source are numbers.</summary>
    internal IReadOnlyList<FeaturePart> Parts => [new(0, FeatureCount, Vocabulary: null)];

    /// <summary>Whether the samples are known to be in memory.</summary>
    internal bool IsInMemory => false;

    /// <summary>
    /// Reads a sample. It must always return the same finite numbers for a sample, allow concurrent calls, and allocate no memory, because
    /// it is called in every training step.
    /// </summary>
    /// <param name="row">From 0 to <see cref="Count"/> − 1.</param>
    /// <param name="values">Receives <see cref="FeatureCount"/> values.</param>
    void Read(int row, Span<float> values);
}
