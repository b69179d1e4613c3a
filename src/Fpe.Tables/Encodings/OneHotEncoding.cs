namespace Fpe.Tables;

/// <summary>A value for each category: 1 for that of the row.</summary>
/// <param name="column">The column.</param>
/// <param name="categories">Its categories.</param>
internal sealed class OneHotEncoding(OneHotColumn column, Categories categories) : FeatureEncoding
{
    public override FeatureColumns Feature { get; } = column.WithCategories([categories.Names]);

    public override IReadOnlyList<string> ValueNames { get; } =
        [.. categories.Names.Select(name => $"{categories.Column} = {name}"), .. categories.HasUnknown ? [$"{categories.Column} is unknown"] : Array.Empty<string>()];

    public override void Write(Table table, float[] samples, int first, int width)
    {
        int[] numbers = categories.NumbersIn(table, "category");
        for (int row = 0; row < numbers.Length; row++)
            samples[(row * width) + first + numbers[row]] = 1;
    }

    public override FeatureRecord ToRecord() => FeatureRecord.Of(FeatureKind.OneHot, column) with { Unknown = column.Unknown, Categories = [[.. categories.Names]] };
}
