using System.Globalization;
using System.Numerics;
using Fpe.Data.Files;
using static System.FormattableString;

namespace Fpe.Tables;

/// <summary>
/// Makes a <see cref="Table"/> of rows of any source, such as the result of a database query. The readers of files use it as well, so that
/// all sources follow the same rules.
/// </summary>
public sealed class TableBuilder
{
    private readonly string file;
    private readonly TableSchema schema;
    private readonly Cells[] cells;
    private readonly RowPlaces places = new();
    private readonly bool dropsRows;
    private FilePlace place;
    private int dropped;

    /// <summary>Creates a builder.</summary>
    /// <param name="name">The path of the file, or the name of the source, for messages.</param>
    /// <param name="schema">The columns.</param>
    /// <param name="format">How numbers are written in texts; null for a decimal point.</param>
    public TableBuilder(string name, TableSchema schema, NumberFormatInfo? format = null)
        : this(name, schema, format, dropsRows: true)
    {
    }

    /// <param name="name">The name of the source.</param>
    /// <param name="schema">The columns.</param>
    /// <param name="format">How numbers are written in texts; null for a decimal point.</param>
    /// <param name="dropsRows">Whether rows are left out by <see cref="Missing.DropRow"/>, and not kept with their missing value.</param>
    internal TableBuilder(string name, TableSchema schema, NumberFormatInfo? format, bool dropsRows)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(schema);
        file = name;
        this.schema = schema;
        this.dropsRows = dropsRows;
        format ??= NumberFormatInfo.InvariantInfo;
        cells = [.. schema.Slots.Select(slot => slot.Kind == CellKind.Text ? (Cells)new TextCells(slot) : new NumberCells(slot, format))];
        for (int c = 0; c < cells.Length; c++)
            cells[c].Number = c + 1;
        Columns = [.. cells.Select(column => column.Slot.Name)];
    }

    /// <summary>Gets the names of the columns that are needed; the methods that set values take an index into it.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Finds the columns in those of a file.</summary>
    /// <param name="header">The names of all columns of the file.</param>
    /// <returns>The index in the file of each of <see cref="Columns"/>.</returns>
    /// <exception cref="TableColumnException">A column is not there, or is there twice.</exception>
    public int[] Find(IReadOnlyList<string> header)
    {
        ArgumentNullException.ThrowIfNull(header);
        return [.. cells.Select(column => column.Number = Find(header, column.Slot.Name) + 1).Select(number => number - 1)];
    }

    /// <summary>Begins a row. All of its values are missing until they are set.</summary>
    /// <param name="place">Where it is, for messages.</param>
    public void StartRow(FilePlace place)
    {
        this.place = place;
        foreach (Cells column in cells)
            column.Clear();
    }

    /// <summary>
    /// Sets a number; NaN is a missing value. As the name of a category it is the shortest text that stands for it in its type: 0.1 for the
    /// <see cref="float"/> and the <see cref="double"/> that are closest to it, and all digits of an integer.
    /// </summary>
    /// <typeparam name="T">The type of the number, such as <see cref="double"/>, <see cref="ulong"/> or <see cref="decimal"/>.</typeparam>
    /// <param name="column">An index into <see cref="Columns"/>.</param>
    /// <param name="value">The number.</param>
    /// <exception cref="TableValueException">It does not fit the column.</exception>
    public void SetNumber<T>(int column, T value)
        where T : struct, INumber<T> => Check(column, cells[column].SetNumber(value));

    /// <summary>Sets a Boolean: 0 and 1 as a number, <c>false</c> and <c>true</c> as the name of a category.</summary>
    /// <param name="column">An index into <see cref="Columns"/>.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="TableValueException">It does not fit the column.</exception>
    public void SetBoolean(int column, bool value) => Check(column, cells[column].SetBoolean(value));

    /// <summary>Sets a text, without the white space around it; an empty one is a missing value. In a column of numbers it must be one.</summary>
    /// <param name="column">An index into <see cref="Columns"/>.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="TableValueException">It does not fit the column.</exception>
    public void SetText(int column, ReadOnlySpan<char> value) => Check(column, cells[column].SetText(value));

    /// <summary>Ends a row: it is added, or left out if a value is missing and the column says so.</summary>
    /// <exception cref="MissingValueException">A value is missing that must be there.</exception>
    /// <exception cref="FileOversizedException">There are too many rows.</exception>
    public void EndRow()
    {
        bool isDropped = false;
        foreach (Cells column in cells)
        {
            if (!column.IsMissing)
                continue;
            if (column.Slot.Missing.Treatment == MissingTreatment.Refuse)
                throw new MissingValueException(file, place, column.Slot.Name, column.Number, $"the value is missing; fill it in, or give the column of the schema {column.Slot.Remedies}.");
            isDropped |= dropsRows && column.Slot.Missing.Treatment == MissingTreatment.DropRow;
        }

        if (isDropped)
        {
            dropped++;
            return;
        }

        if (places.Count == Array.MaxLength)
            throw new FileOversizedException(file, place, Invariant($"there are more than {Array.MaxLength} rows, the maximum that fits into memory; divide the file."));
        foreach (Cells column in cells)
            column.Add();
        places.Add(place);
    }

    /// <summary>Returns all rows.</summary>
    /// <exception cref="FileEmptyException">There are none.</exception>
    public Table ToTable() => places.Count > 0
        ? new Table(file, file, schema, cells.Select(column => column.ToColumn()), places, dropped)
        : throw new FileEmptyException(file, default, dropped > 0 ? Invariant($"it has no rows that can be used: all {dropped} lack a value and were left out by Missing.DropRow; choose another policy.") : "it has no rows; there must be at least one.");

    private int Find(IReadOnlyList<string> header, string name)
    {
        int[] found = [.. Enumerable.Range(0, header.Count).Where(index => header[index] == name)];
        if (found.Length == 1)
            return found[0];
        if (found.Length > 1)
            throw new TableColumnException(file, Invariant($"columns {found[0] + 1} and {found[1] + 1} are both named '{Quotation.Of(name)}'; rename one of them."));
        const int Most = 20;
        string known = string.Join(", ", header.Take(Most).Select(column => $"'{Quotation.Of(column)}'"));
        throw new TableColumnException(file, Invariant($"there is no column '{Quotation.Of(name)}'; its {header.Count} columns are {known}{(header.Count > Most ? ", …" : "")}."));
    }

    private void Check(int column, string? problem)
    {
        if (problem is not null)
            throw new TableValueException(file, place, cells[column].Slot.Name, cells[column].Number, problem);
    }
}
