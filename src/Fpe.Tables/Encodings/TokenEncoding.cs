namespace Fpe.Tables;

/// <summary>A token for each column.</summary>
/// <param name="columns">The columns.</param>
/// <param name="categories">The categories of each column.</param>
internal sealed class TokenEncoding(TokenColumns columns, IReadOnlyList<Categories> categories) : FeatureEncoding
{
    public override FeatureColumns Feature { get; } = columns.WithCategories([.. categories.Select(column => column.Names)]);

    public override IReadOnlyList<string> ValueNames => columns.Names;

    public override int? Vocabulary => categories.Sum(column => column.Count);

    public override void Write(Table table, float[] samples, int first, int width)
    {
        int offset = 0;
        for (int place = 0; place < categories.Count; place++)
        {
            int[] numbers = categories[place].NumbersIn(table, "category");
            for (int row = 0; row < numbers.Length; row++)
                samples[(row * width) + first + place] = offset + numbers[row];
            offset += categories[place].Count;
        }
    }

    public override FeatureRecord ToRecord() =>
        FeatureRecord.Of(FeatureKind.Tokens, columns) with { Unknown = columns.Unknown, Categories = [.. categories.Select(column => column.Names.ToArray())] };
}
