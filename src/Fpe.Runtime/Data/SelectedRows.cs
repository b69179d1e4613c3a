namespace Fpe.Data;

/// <summary>A selection of samples from another source.</summary>
internal sealed class SelectedRows(IRowSource source, int[] selected) : IRowSource
{
    public int Count => selected.Length;

    public int FeatureCount => source.FeatureCount;

    public IReadOnlyList<FeaturePart> Parts => source.Parts;

    public bool IsInMemory => source.IsInMemory;

    public void Read(int row, Span<float> values) => source.Read(selected[row], values);
}
