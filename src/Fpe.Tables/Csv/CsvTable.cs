using System.Globalization;
using Fpe.Data.Files;
using nietras.SeparatedValues;
using static System.FormattableString;

namespace Fpe.Tables;

/// <summary>
/// Reads tables of comma-separated values (RFC 4180) with a header: fields in quotes can contain delimiters, line breaks, and quotes that are
/// written twice. Lines end with a line feed, a carriage return, or both; blank lines are skipped.
/// </summary>
public static class CsvTable
{
    /// <summary>Reads a file; one whose name ends in <c>.gz</c> is decompressed.</summary>
    /// <param name="path">The file, in UTF-8, or in UTF-16 with a byte order mark.</param>
    /// <param name="schema">The columns.</param>
    /// <param name="options">How the file is written; null for the defaults.</param>
    /// <exception cref="DataFileException">The file cannot be read, has no rows, or a line is not valid; the message has file and line.</exception>
    /// <exception cref="TableColumnException">A column is not there, or is there twice.</exception>
    /// <exception cref="TableValueException">A value is missing or cannot be used; the message has file, line, column and value.</exception>
    public static Table Read(string path, TableSchema schema, CsvOptions? options = null)
    {
        using StreamReader reader = Utf8Text.OpenFile(path, "a text of comma-separated values");
        return Read(reader, path, schema, options);
    }

    /// <summary>Reads text.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="name">The name of the table, for messages.</param>
    /// <param name="schema">The columns.</param>
    /// <param name="options">How the text is written; null for the defaults.</param>
    /// <inheritdoc cref="Read(string, TableSchema, CsvOptions?)" path="/exception"/>
    public static Table Read(TextReader reader, string name, TableSchema schema, CsvOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentException.ThrowIfNullOrEmpty(name);
        options ??= new CsvOptions();
        options.Check(name);
        NumberFormatInfo format = options.DecimalComma ? new NumberFormatInfo { NumberDecimalSeparator = ",", NumberGroupSeparator = "." } : NumberFormatInfo.InvariantInfo;
        using var text = new PeekedText(reader);
        char delimiter = options.Delimiter ?? CsvDelimiter.Detect(text, name);
        var rows = new CsvRows(name, new TableBuilder(name, schema, format), delimiter, options);
        try
        {
            using SepReader lines = Sep.New(delimiter).Reader(sep => sep with { HasHeader = false, DisableColCountCheck = true }).From(text);
            foreach (SepReader.Row row in lines)
                rows.Add(row);
        }
        catch (NotSupportedException error)
        {
            throw new FileUnsupportedException(name, FilePlace.Line(rows.NextLine), Invariant($"the line is longer than the maximum of {MaximumLine} characters; check whether quotes are closed, and whether this is a file of comma-separated values."), error);
        }

        return rows.ToTable();
    }

    /// <summary>The longest line that the parser takes.</summary>
    private const int MaximumLine = 1 << 24;
}
