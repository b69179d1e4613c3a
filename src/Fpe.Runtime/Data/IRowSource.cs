namespace Fpe.Data;

/// <summary>
/// Where the samples of a <see cref="Dataset"/> come from: memory, a file that stays on disk, or whatever a program makes. Any
/// sample can be read at any time, so that every epoch runs through a full permutation of them.
/// </summary>
public interface IRowSource
{
    /// <summary>Number of samples.</summary>
    int Count { get; }

    /// <summary>Values per sample.</summary>
    int FeatureCount { get; }

    /// <summary>
    /// Reads a sample. Always gives the same finite numbers for it; may be called by several threads at once; allocates nothing,
    /// as it is called in every training step.
    /// </summary>
    /// <param name="row">From 0 to <see cref="Count"/> − 1.</param>
    /// <param name="values">Receives <see cref="FeatureCount"/> values.</param>
    void Read(int row, Span<float> values);
}
