using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using Fpe.Data.Files;
using Fpe.Tables;
using static System.FormattableString;
using Table = Fpe.Tables.Table;

namespace Fpe.Arrow;

/// <summary>
/// Reads tables from files of Apache Arrow: IPC files, which Feather files of version 2 are as well, and IPC streams, also compressed by LZ4
/// or Zstandard. Columns are numbers, Booleans, texts, or dictionaries of them; null and NaN are missing values.
/// </summary>
public static class ArrowTable
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="schema">The columns.</param>
    /// <exception cref="DataFileException">The file cannot be read, is damaged, or has no rows.</exception>
    /// <exception cref="TableColumnException">A column is not there, or its type cannot be used.</exception>
    /// <exception cref="TableValueException">A value is missing or cannot be used; the message has file, record batch, row, column and value.</exception>
    public static Table Read(string path, TableSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        using FileStream stream = DataFile.OpenWhole(path);
        bool isStream = ArrowFile.IsStream(path, stream);
        var builder = new TableBuilder(path, schema);
        try
        {
            var codecs = new CompressionCodecFactory();
            using ArrowStreamReader reader = isStream ? new ArrowStreamReader(stream, codecs, leaveOpen: true) : new ArrowFileReader(stream, allocator: null, codecs, leaveOpen: true);
            IReadOnlyList<Field> fields = reader.Schema.FieldsList;
            int[] places = builder.Find([.. fields.Select(field => field.Name)]);
            foreach (int place in places)
                ArrowColumn.Check(path, place, fields[place]);
            ReadBatches(path, reader, places, builder);
        }
        catch (Exception error) when (error is not FpeException)
        {
            throw ArrowFile.Problem(path, error);
        }

        return builder.ToTable();
    }

    private static void ReadBatches(string path, ArrowStreamReader reader, int[] places, TableBuilder builder)
    {
        // A batch that is disposed takes the dictionaries with it, which later batches use as well.
        bool hasDictionaries = reader.Schema.FieldsList.Any(field => field.DataType is DictionaryType);
        var batches = new List<RecordBatch>();
        try
        {
            for (int batch = 0; reader.ReadNextRecordBatch() is { } rows; batch++)
            {
                batches.Add(rows);
                Add(path, rows, batch, places, builder);
                if (!hasDictionaries)
                    rows.Dispose();
            }
        }
        finally
        {
            batches.ForEach(rows => rows.Dispose());
        }
    }

    private static void Add(string path, RecordBatch rows, int batch, int[] places, TableBuilder builder)
    {
        foreach (int place in places)
        {
            if (rows.Column(place).Length != rows.Length)
                throw new FileCorruptException(path, default, Invariant($"record batch {batch} has {rows.Length} rows, but {rows.Column(place).Length} values of column {place + 1}; fetch the file again."));
        }

        Action<TableBuilder, int, int>[] columns = [.. places.Select(place => ArrowColumn.SetterOf(rows.Column(place)))];
        for (int row = 0; row < rows.Length; row++)
        {
            builder.StartRow(FilePlace.RowOfBatch(batch, row));
            for (int c = 0; c < columns.Length; c++)
                columns[c](builder, c, row);
            builder.EndRow();
        }
    }
}
