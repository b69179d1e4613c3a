namespace Fpe.Data;

/// <summary>The samples of another source, standardised when they are read.</summary>
internal sealed class StandardizedRows(string name, IRowSource source, Standardization standardization) : IRowSource
{
    public int Count => source.Count;

    public int FeatureCount => source.FeatureCount;

    public IReadOnlyList<FeaturePart> Parts => source.Parts;

    public bool IsInMemory => source.IsInMemory;

    public void Read(int row, Span<float> values)
    {
        source.Read(row, values);
        standardization.Apply(name, row, values[..FeatureCount]);
    }
}
