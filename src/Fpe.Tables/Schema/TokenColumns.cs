namespace Fpe.Tables;

/// <summary>
/// Columns of categories, which become tokens for an embedding: one place for each column. The columns share a vocabulary, in which the
/// categories of each column have tokens of their own, those of the first column first.
/// </summary>
public sealed class TokenColumns : CategoryColumns
{
    /// <summary>Creates the feature.</summary>
    /// <param name="names">The names of the columns; at least one.</param>
    public TokenColumns(params IReadOnlyList<string> names)
        : base(names)
    {
        if (Names.Count == 0)
            throw new TableColumnException("a feature of tokens has no columns; pass at least one.");
    }

    /// <summary>Gets the categories of each column, in the order of their tokens; null for those of the training rows, in ordinal order.</summary>
    public IReadOnlyList<IReadOnlyList<string>>? Categories
    {
        get => Known;
        init => Known = value;
    }

    internal override void Check()
    {
        if (Known is { } known && known.Count != Names.Count)
            throw new TableColumnException($"there are categories of {known.Count} columns, but {Names.Count} columns of tokens; pass a list for each.");
        base.Check();
    }

    internal TokenColumns WithCategories(IReadOnlyList<IReadOnlyList<string>> known) =>
        new(Names) { Missing = Missing, Unknown = Unknown, Known = known };

    internal override FeatureEncoding Encode(Table? train) => new TokenEncoding(this, [.. Enumerable.Range(0, Names.Count).Select(column => CategoriesOf(column, train))]);
}
