using Fpe.Data;
using Fpe.Data.Files;
using Fpe.Numerics;
using static System.FormattableString;

namespace Fpe.Tables;

/// <summary>
/// The columns of a table that a <see cref="TableSchema"/> names, in memory and checked: <c>CsvTable.Read</c>, <c>ParquetTable.Read</c>,
/// <c>ArrowTable.Read</c> or a <see cref="TableBuilder"/> makes it, and <see cref="TableEncoding"/> makes samples of it.
/// </summary>
public sealed class Table
{
    private readonly Dictionary<string, TableColumn> columns;
    private readonly RowPlaces places;

    internal Table(string name, string file, TableSchema schema, IEnumerable<TableColumn> columns, RowPlaces places, int droppedRows)
    {
        Name = name;
        File = file;
        Schema = schema;
        DroppedRows = droppedRows;
        this.columns = columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        this.places = places;
    }

    /// <summary>Gets the name for messages and reports.</summary>
    public string Name { get; }

    /// <summary>Gets the path of the file that the rows come from, or the name of their source.</summary>
    public string File { get; }

    /// <summary>Gets the schema that it was read by.</summary>
    public TableSchema Schema { get; }

    /// <summary>Gets the number of rows.</summary>
    public int Count => places.Count;

    /// <summary>Gets the number of rows of the file that were left out by <see cref="Missing.DropRow"/>.</summary>
    public int DroppedRows { get; }

    /// <summary>Returns where a row is in its file.</summary>
    /// <param name="row">From 0 to <see cref="Count"/> − 1.</param>
    public FilePlace PlaceOf(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Count);
        return places[row];
    }

    /// <summary>Divides the rows randomly into two parts, such as rows to train on and rows to test on.</summary>
    /// <param name="firstName">The name of the first part.</param>
    /// <param name="firstCount">The number of rows in the first part; from 1 to the number of rows − 1.</param>
    /// <param name="secondName">The name of the second part.</param>
    /// <param name="seed">The seed of the order, which is that of <see cref="Dataset.Divide"/>.</param>
    /// <exception cref="DatasetException">One of the parts would be empty.</exception>
    public (Table First, Table Second) Divide(string firstName, int firstCount, string secondName, long seed)
    {
        ArgumentException.ThrowIfNullOrEmpty(firstName);
        ArgumentException.ThrowIfNullOrEmpty(secondName);
        if (firstCount < 1 || firstCount >= Count)
            throw new DatasetException(Name, Invariant($"{firstCount} of {Count} rows in one part leave the other part empty; use 1 to {Count - 1}."));
        int[] order = new RandomStream(seed, RandomPurpose.DataSplit).Permutation(Count);
        return (Select(firstName, order.AsSpan(0, firstCount)), Select(secondName, order.AsSpan(firstCount)));
    }

    /// <summary>Returns a column of numbers.</summary>
    /// <exception cref="TableColumnException">It was not read as one.</exception>
    internal NumberValues Numbers(string column) => Column<NumberValues>(column, "numbers");

    /// <summary>Returns a column of names.</summary>
    /// <exception cref="TableColumnException">It was not read as one.</exception>
    internal TextValues Text(string column) => Column<TextValues>(column, "names");

    private T Column<T>(string column, string kind)
        where T : TableColumn =>
        columns.GetValueOrDefault(column) as T
        ?? throw new TableColumnException(Name, $"column '{column}' was not read as a column of {kind}; read the table with the schema of the encoding.");

    private Table Select(string name, ReadOnlySpan<int> rows)
    {
        var selected = new List<TableColumn>();
        foreach (TableColumn column in columns.Values)
            selected.Add(column.Select(rows));
        return new Table(name, File, Schema, selected, places.Select(rows), DroppedRows);
    }
}
