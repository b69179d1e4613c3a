namespace Fpe.Tables;

/// <summary>A column of numbers.</summary>
/// <param name="name">The name of the column.</param>
/// <param name="number">Its number in the file, from 1.</param>
/// <param name="values">The number of each row; NaN if it is missing.</param>
internal sealed class NumberValues(string name, int number, float[] values) : TableColumn(name, number)
{
    public ReadOnlySpan<float> Values => values;

    public override TableColumn Select(ReadOnlySpan<int> rows) => new NumberValues(Name, Number, Select(values, rows));
}
