namespace Fpe.Data;

/// <summary>Samples in an array.</summary>
internal sealed class ArrayRows(float[] values, int featureCount) : IRowSource
{
    /// <summary>The samples, row by row: [count, features].</summary>
    public float[] Values { get; } = values;

    public int Count => Values.Length / FeatureCount;

    public int FeatureCount { get; } = featureCount;

    public void Read(int row, Span<float> values) => Values.AsSpan(row * FeatureCount, FeatureCount).CopyTo(values);
}
