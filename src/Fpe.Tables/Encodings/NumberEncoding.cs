using static System.FormattableString;

namespace Fpe.Tables;

/// <summary>A number, and whether it was missing.</summary>
/// <param name="column">The column.</param>
/// <param name="replacement">What a missing value becomes; null if it is refused.</param>
internal sealed class NumberEncoding(NumberColumn column, float? replacement) : FeatureEncoding
{
    public override FeatureColumns Feature => column;

    public override IReadOnlyList<string> ValueNames { get; } = column.HasIndicator ? [column.Name, $"{column.Name} is missing"] : [column.Name];

    /// <exception cref="TableColumnException">There is no number to learn from.</exception>
    public static NumberEncoding Learn(NumberColumn column, Table train) => new(column, column.Missing.Treatment switch
    {
        MissingTreatment.Mean => (float)Present(column, train).Average(value => (double)value),
        MissingTreatment.Median => Median(Present(column, train)),
        MissingTreatment.Constant => column.Missing.Number,
        _ => null,
    });

    public override bool IsMeasured(int value) => value == 0;

    public override void Write(Table table, float[] samples, int first, int width)
    {
        NumberValues values = table.Numbers(column.Name);
        for (int row = 0; row < table.Count; row++)
        {
            float value = values.Values[row];
            bool isMissing = float.IsNaN(value);
            samples[(row * width) + first] = !isMissing ? value : replacement ?? throw Categories.Missing(table, row, values);
            if (column.HasIndicator)
                samples[(row * width) + first + 1] = isMissing ? 1 : 0;
        }
    }

    public override FeatureRecord ToRecord() => FeatureRecord.Of(FeatureKind.Number, column) with { HasIndicator = column.HasIndicator, Replacement = replacement };

    private static float[] Present(NumberColumn column, Table train)
    {
        float[] present = [.. train.Numbers(column.Name).Values];
        present = [.. present.Where(value => !float.IsNaN(value))];
        return present.Length > 0
            ? present
            : throw new TableColumnException(train.Name, Invariant($"column '{column.Name}' has no number in {train.Count} training rows, so there is no {column.Missing.Treatment}; leave the column out, or use Missing.Constant."));
    }

    private static float Median(float[] values)
    {
        Array.Sort(values);
        int middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (float)(((double)values[middle - 1] + values[middle]) / 2);
    }
}
