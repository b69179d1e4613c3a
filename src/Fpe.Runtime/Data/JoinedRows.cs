namespace Fpe.Data;

/// <summary>The values of several sources one after the other: several inputs of one sample.</summary>
/// <param name="sources">At least one source; all have the same number of samples.</param>
internal sealed class JoinedRows(IReadOnlyList<IRowSource> sources) : IRowSource
{
    private readonly IRowSource[] sources = [.. sources];

    public int Count => sources[0].Count;

    public int FeatureCount { get; } = checked(sources.Sum(source => source.FeatureCount));

    public IReadOnlyList<FeaturePart> Parts { get; } = Join(sources);

    public bool IsInMemory => sources.All(source => source.IsInMemory);

    public void Read(int row, Span<float> values)
    {
        foreach (IRowSource source in sources)
        {
            source.Read(row, values[..source.FeatureCount]);
            values = values[source.FeatureCount..];
        }
    }

    private static FeaturePart[] Join(IReadOnlyList<IRowSource> sources)
    {
        var parts = new List<FeaturePart>();
        int start = 0;
        foreach (IRowSource source in sources)
        {
            parts.AddRange(source.Parts.Select(part => part with { Start = start + part.Start }));
            start += source.FeatureCount;
        }

        return [.. parts];
    }
}
