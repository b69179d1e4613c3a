namespace Fpe.Tables;

/// <summary>A feature of columns whose values are names of categories. White space around a name is left out.</summary>
public abstract class CategoryColumns : FeatureColumns
{
    private protected CategoryColumns(IReadOnlyList<string> names)
        : base(names)
    {
    }

    /// <summary>Gets what is done with a category that the training rows do not have; it is refused by default.</summary>
    public UnknownCategory Unknown { get; init; }

    /// <summary>
    /// Gets the number of training rows that a category needs; 1 by default. Rarer ones count as unknown, so that
    /// <see cref="UnknownCategory.OwnCategory"/> is learned.
    /// </summary>
    public int MinimumCount { get; init; } = 1;

    internal sealed override IEnumerable<Slot> Slots => Names.Select(name => new Slot(name, CellKind.Text, Missing));

    /// <summary>The categories of each column, in their order; null if they are learned: those of the training rows in ordinal order.</summary>
    private protected IReadOnlyList<IReadOnlyList<string>>? Known { get; init; }

    internal override void Check()
    {
        if (Missing.Treatment is not (MissingTreatment.Refuse or MissingTreatment.DropRow or MissingTreatment.Category))
            throw new TableColumnException($"column '{Names[0]}' has categories, which have no {Missing}; use Missing.Category or Missing.DropRow.");
        if (!Enum.IsDefined(Unknown))
            throw new TableColumnException($"column '{Names[0]}': {nameof(UnknownCategory)} {(int)Unknown} is not valid; pass {nameof(UnknownCategory.Refuse)} or {nameof(UnknownCategory.OwnCategory)}.");
        if (MinimumCount < 1)
            throw new TableColumnException(FormattableString.Invariant($"column '{Names[0]}': {nameof(MinimumCount)} must be at least 1, but is {MinimumCount}."));
        if (MinimumCount > 1 && (Known is not null || Unknown == UnknownCategory.Refuse))
            throw new TableColumnException($"column '{Names[0]}': {nameof(MinimumCount)} makes rare categories unknown, so it needs UnknownCategory.OwnCategory, and no given categories.");
        foreach ((string name, IReadOnlyList<string> categories) in Names.Zip(Known ?? []))
            Categories.CheckNames(name, categories);
    }

    internal sealed override FeatureEncoding Learn(Table train) => Encode(train);

    /// <summary>Returns the encoding; training rows are only needed if categories are not given.</summary>
    internal abstract FeatureEncoding Encode(Table? train);

    /// <summary>Returns the categories of a column.</summary>
    private protected Categories CategoriesOf(int column, Table? train)
    {
        IReadOnlyList<string> names = Known?[column] ?? train!.Text(Names[column]).Used(MinimumCount);
        string? ofMissing = Missing.Treatment == MissingTreatment.Category ? Missing.Name : null;
        if (ofMissing is not null && !names.Contains(ofMissing))
            names = Known is null ? [.. names.Append(ofMissing).Order(StringComparer.Ordinal)] : [.. names, ofMissing];
        return new Categories(Names[column], names, Unknown == UnknownCategory.OwnCategory, ofMissing);
    }
}
