using Fpe.Data.Files;
using Fpe.Tables;
using Parquet;
using Parquet.Schema;
using static System.FormattableString;

namespace Fpe.Parquet;

/// <summary>
/// Reads tables from Parquet files. Columns are numbers, Booleans or texts at the top level; null and NaN are missing values. One row group is
/// in memory at a time, besides the columns of the table.
/// </summary>
public static class ParquetTable
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="schema">The columns.</param>
    /// <exception cref="DataFileException">The file cannot be read, is damaged, or has no rows.</exception>
    /// <exception cref="TableColumnException">A column is not there, or its type cannot be used.</exception>
    /// <exception cref="TableValueException">A value is missing or cannot be used; the message has file, row group, row, column and value.</exception>
    public static Table Read(string path, TableSchema schema) =>
        // On a thread without a synchronization context, which the tasks of the library could wait for.
        Task.Run(() => ReadAsync(path, schema)).GetAwaiter().GetResult();

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="schema">The columns.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <inheritdoc cref="Read" path="/exception"/>
    public static async Task<Table> ReadAsync(string path, TableSchema schema, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(schema);
        using FileStream stream = ParquetFile.Open(path);
        var builder = new TableBuilder(path, schema);
        try
        {
            ParquetReader reader = await ParquetReader.CreateAsync(stream, new ParquetOptions { TreatByteArrayAsString = true }, cancellationToken: cancellation).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                DataField[] fields = FieldsOf(path, reader, builder);
                for (int group = 0; group < reader.RowGroupCount; group++)
                    await AddAsync(path, reader.OpenRowGroupReader(group), group, fields, builder, cancellation).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is not (FpeException or OperationCanceledException))
        {
            throw ParquetFile.Problem(path, error);
        }

        return builder.ToTable();
    }

    private static DataField[] FieldsOf(string path, ParquetReader reader, TableBuilder builder)
    {
        IReadOnlyList<Field> all = reader.Schema.Fields;
        return [.. builder.Find([.. all.Select(field => field.Name)]).Select(index => all[index] is DataField { IsArray: false } field && ParquetColumn.CanRead(field)
            ? field
            : throw new TableColumnException(path, Invariant($"column {index + 1} ('{all[index].Name}') has values of type {ParquetColumn.TypeOf(all[index])}, which cannot be used; convert it to numbers or text.")))];
    }

    private static async Task AddAsync(string path, ParquetRowGroupReader group, int number, DataField[] fields, TableBuilder builder, CancellationToken cancellation)
    {
        if (group.RowCount is < 0 or > int.MaxValue)
            throw new FileOversizedException(path, default, Invariant($"row group {number} has {group.RowCount} rows, but at most {int.MaxValue} can be read; write smaller row groups."));
        var columns = new ParquetColumn[fields.Length];
        for (int c = 0; c < fields.Length; c++)
        {
            if (group.GetMetadata(fields[c])?.MetaData?.NumValues is not { } values || values != group.RowCount)
                throw new FileCorruptException(path, default, Invariant($"row group {number} has {group.RowCount} rows, but other values of column '{fields[c].Name}'; fetch the file again."));
            columns[c] = await ParquetColumn.ReadAsync(group, fields[c], cancellation).ConfigureAwait(false);
        }

        for (int row = 0; row < group.RowCount; row++)
        {
            builder.StartRow(FilePlace.RowOfGroup(number, row));
            for (int c = 0; c < columns.Length; c++)
                columns[c].Set(builder, c, row);
            builder.EndRow();
        }
    }
}
