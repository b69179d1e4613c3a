namespace Fpe.Tables;

/// <summary>Which columns of a table are used, and for what. The order of the features is that of the model's inputs.</summary>
/// <example><code>
/// var schema = new TableSchema(
///     new NumberColumn("size"), new NumberColumn("rent") { Missing = Missing.Mean }, new OneHotColumn("city")) { Target = new ClassColumn("kind") };
/// </code></example>
public sealed class TableSchema
{
    /// <summary>Creates a schema.</summary>
    /// <param name="features">The features, at least one; no column is used twice.</param>
    /// <exception cref="TableColumnException">There are no features, a column is used twice, or an option does not fit its column.</exception>
    public TableSchema(params IReadOnlyList<FeatureColumns> features)
    {
        ArgumentNullException.ThrowIfNull(features);
        Features = Array.AsReadOnly([.. features]);
        if (Features.Count == 0)
            throw new TableColumnException("the schema has no features; pass at least one.");
        foreach (FeatureColumns feature in Features)
            feature.Check();
        CheckNames();
    }

    /// <summary>Gets the features in the order of the model's inputs.</summary>
    public IReadOnlyList<FeatureColumns> Features { get; }

    /// <summary>Gets what is predicted; null for rows without it.</summary>
    /// <exception cref="TableColumnException">A column is a feature as well, or an option does not fit.</exception>
    public TargetColumns? Target
    {
        get;
        init
        {
            field = value;
            value?.Check();
            CheckNames();
        }
    }

    /// <summary>The columns that are read, those of the target last.</summary>
    internal IReadOnlyList<Slot> Slots => [.. Features.SelectMany(feature => feature.Slots), .. Target?.Slots ?? []];

    /// <summary>Returns the schema of rows whose target is not known, such as those to predict.</summary>
    public TableSchema WithoutTarget() => new(Features);

    private void CheckNames()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (Slot slot in Slots)
        {
            if (string.IsNullOrWhiteSpace(slot.Name))
                throw new TableColumnException("the schema has a column without a name; give it one.");
            if (!seen.Add(slot.Name))
                throw new TableColumnException($"column '{slot.Name}' is used twice in the schema; use it once.");
        }
    }
}
