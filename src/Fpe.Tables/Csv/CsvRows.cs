using Fpe.Data.Files;
using nietras.SeparatedValues;
using static System.FormattableString;

namespace Fpe.Tables;

/// <summary>Checks the lines of a CSV file and adds their values to a table.</summary>
internal sealed class CsvRows
{
    private const char Quote = '"';

    private readonly string name;
    private readonly TableBuilder builder;
    private readonly char delimiter;
    private readonly HashSet<string> missingMarks;
    private int[]? places;
    private int fieldCount;
    private int firstLine;
    private char[] unquoted = [];

    public CsvRows(string name, TableBuilder builder, char delimiter, CsvOptions options)
    {
        this.name = name;
        this.builder = builder;
        this.delimiter = delimiter;
        missingMarks = new(options.MissingMarks, StringComparer.Ordinal);
        if (options.ColumnNames is not { } names)
            return;
        places = builder.Find(names);
        fieldCount = names.Count;
    }

    /// <summary>The line after the row that was added last.</summary>
    public int NextLine { get; private set; } = 1;

    /// <summary>Adds a row; the first is the header unless names are given.</summary>
    /// <exception cref="DataFileException">The line is not valid.</exception>
    /// <exception cref="TableValueException">A value is missing or cannot be used.</exception>
    public void Add(SepReader.Row row)
    {
        // The parser's own number of the first line of a row is wrong for the first row.
        int line = NextLine;
        NextLine = row.LineNumberToExcl;
        if (row.ColCount == 1 && row.Span.IsWhiteSpace())
            return;
        Check(row, line);
        if (places is null)
        {
            ReadHeader(row, line);
            return;
        }

        if (row.ColCount != fieldCount)
            throw new FileCorruptException(name, FilePlace.Line(line), Invariant($"{row.ColCount} fields, but {(firstLine == 0 ? "there are" : Invariant($"the header on line {firstLine} has"))} {fieldCount} columns, separated by {CsvDelimiter.Name(delimiter)}; correct the line, or set CsvOptions.Delimiter."));
        builder.StartRow(FilePlace.Line(line));
        for (int column = 0; column < places.Length; column++)
        {
            ReadOnlySpan<char> text = Content(row[places[column]].Span).Trim();
            if (!missingMarks.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text))
                builder.SetText(column, text);
        }

        builder.EndRow();
    }

    public Table ToTable() => places is null ? throw new FileEmptyException(name, default, "it has no lines; the first must have the names of the columns.") : builder.ToTable();

    private void ReadHeader(SepReader.Row row, int line)
    {
        var header = new string[row.ColCount];
        for (int i = 0; i < header.Length; i++)
            header[i] = Content(row[i].Span).Trim().Trim('\uFEFF').ToString();
        places = builder.Find(header);
        (fieldCount, firstLine) = (header.Length, line);
    }

    // Quotes of all fields are checked, since a wrong one in a column that is not used would join fields and lines.
    private void Check(SepReader.Row row, int line)
    {
        ReadOnlySpan<char> text = row.Span;
        if (text.IndexOfAny('\0', Utf8Text.Invalid) is >= 0 and var wrong)
            throw OfCharacter(text[wrong], wrong, line);
        if (!text.Contains(Quote))
            return;
        for (int i = 0; i < row.ColCount; i++)
        {
            if (ProblemOf(row[i].Span) is { } problem)
                throw new FileCorruptException(name, FilePlace.Line(line), Invariant($"field {i + 1} {problem}"));
        }
    }

    private DataFileException OfCharacter(char character, int index, int line) => character == '\0'
        ? new FileUnsupportedException(name, FilePlace.Line(line), Invariant($"character {index + 1} is a NUL, which text does not contain; if the file is UTF-16, save it as UTF-8, otherwise fetch it again."))
        : new FileCorruptException(name, FilePlace.Line(line), Invariant($"character {index + 1} is not valid UTF-8; save the file as UTF-8, or fetch it again."));

    private static string? ProblemOf(ReadOnlySpan<char> field)
    {
        if (!field.Contains(Quote))
            return null;
        if (field[0] != Quote)
            return "has a quote, but does not begin with one; put the field in quotes, and write each quote in it twice.";
        for (int i = 1; i < field.Length; i++)
        {
            if (field[i] != Quote)
                continue;
            if (i == field.Length - 1)
                return null;
            if (field[++i] != Quote)
                return "continues after its quotes; write each quote in it twice.";
        }

        return "has quotes that are not closed; close them.";
    }

    private ReadOnlySpan<char> Content(ReadOnlySpan<char> field)
    {
        if (field.IsEmpty || field[0] != Quote)
            return field;
        field = field[1..^1];
        if (!field.Contains(Quote))
            return field;
        if (unquoted.Length < field.Length)
            unquoted = new char[field.Length];
        int length = 0;
        for (int i = 0; i < field.Length; i++)
        {
            unquoted[length++] = field[i];
            i += field[i] == Quote ? 1 : 0;
        }

        return unquoted.AsSpan(0, length);
    }
}
