namespace Fpe.Tables;

/// <summary>A feature as it is in a file.</summary>
internal sealed record FeatureRecord(
    FeatureKind Kind,
    string[] Columns,
    string Missing,
    float? Constant = null,
    string? MissingCategory = null,
    bool HasIndicator = false,
    float? Replacement = null,
    UnknownCategory Unknown = UnknownCategory.Refuse,
    string[][]? Categories = null)
{
    public static FeatureRecord Of(FeatureKind kind, FeatureColumns feature) => new(
        kind, [.. feature.Names], feature.Missing.Treatment.ToString(),
        feature.Missing.Treatment == MissingTreatment.Constant ? feature.Missing.Number : null, feature.Missing.Name);

    /// <summary>Returns the encoding; null if the record does not describe one.</summary>
    /// <exception cref="TableColumnException">An option does not fit.</exception>
    public FeatureEncoding? ToEncoding()
    {
        if (Tables.Missing.Of(Missing, Constant, MissingCategory) is not { } missing)
            return null;
        FeatureEncoding? encoding = Kind switch
        {
            FeatureKind.Number when Columns is [var name] && NeedsReplacement(missing) == (Replacement is { } value && float.IsFinite(value)) =>
                new NumberEncoding(new NumberColumn(name) { Missing = missing, HasIndicator = HasIndicator }, Replacement),
            FeatureKind.OneHot when Columns is [var name] && Categories is [{ } categories] =>
                Learned(new OneHotColumn(name) { Missing = missing, Unknown = Unknown, Categories = categories }),
            FeatureKind.Tokens when Columns.Length > 0 && Categories?.Length == Columns.Length && Categories.All(names => names is not null) =>
                Learned(new TokenColumns(Columns) { Missing = missing, Unknown = Unknown, Categories = Categories }),
            _ => null,
        };
        encoding?.Feature.Check();
        return encoding;
    }

    private static bool NeedsReplacement(Missing missing) => missing.Treatment is not (MissingTreatment.Refuse or MissingTreatment.DropRow);

    private static FeatureEncoding Learned(CategoryColumns columns)
    {
        columns.Check();
        return columns.Encode(train: null);
    }
}
