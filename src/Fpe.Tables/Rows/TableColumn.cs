namespace Fpe.Tables;

/// <summary>The values of a column.</summary>
/// <param name="name">The name of the column.</param>
/// <param name="number">Its number in the file, from 1.</param>
internal abstract class TableColumn(string name, int number)
{
    public string Name { get; } = name;

    public int Number { get; } = number;

    /// <summary>Returns the values of some rows.</summary>
    public abstract TableColumn Select(ReadOnlySpan<int> rows);

    private protected static T[] Select<T>(T[] values, ReadOnlySpan<int> rows)
    {
        var selected = new T[rows.Length];
        for (int r = 0; r < rows.Length; r++)
            selected[r] = values[rows[r]];
        return selected;
    }
}
