using Fpe.Data;

namespace TrainOnRanks;

/// <summary>Samples that are read in every step, as from a file larger than memory; how many were read is counted.</summary>
/// <param name="features">The samples row by row.</param>
/// <param name="featureCount">Values of a sample.</param>
internal sealed class CountedRows(float[] features, int featureCount) : IRowSource
{
    private readonly Dictionary<int, Action> actions = [];
    private int reads;

    /// <inheritdoc/>
    public int Count => features.Length / featureCount;

    /// <inheritdoc/>
    public int FeatureCount => featureCount;

    /// <summary>The number of samples read since the last reset.</summary>
    public int Reads => reads;

    /// <summary>Has something happen when a sample is read.</summary>
    /// <param name="read">The number of that sample from now on, in the order of reading.</param>
    /// <param name="action">What happens.</param>
    public void Plan(int read, Action action) => actions.Add(reads + read, action);

    /// <inheritdoc/>
    public void Read(int row, Span<float> values)
    {
        features.AsSpan(row * featureCount, featureCount).CopyTo(values);
        if (actions.TryGetValue(Interlocked.Increment(ref reads), out Action? action))
            action();
    }
}
