namespace Fpe.Data;

/// <summary>Samples in an array.</summary>
/// <param name="values">The samples, row by row: [count, features].</param>
/// <param name="featureCount">The number of values per sample.</param>
/// <param name="parts">What the values of a sample are; null if all are numbers.</param>
internal sealed class ArrayRows(float[] values, int featureCount, IReadOnlyList<FeaturePart>? parts = null) : IRowSource
{
    /// <summary>The samples, row by row: [count, features].</summary>
    public float[] Values { get; } = values;

    public int Count => Values.Length / FeatureCount;

    public int FeatureCount { get; } = featureCount;

    public IReadOnlyList<FeaturePart> Parts { get; } = parts ?? [new(0, featureCount, Vocabulary: null)];

    public bool IsInMemory => true;

    public void Read(int row, Span<float> values) => Values.AsSpan(row * FeatureCount, FeatureCount).CopyTo(values);
}
