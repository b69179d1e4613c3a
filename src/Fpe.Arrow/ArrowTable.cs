using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using Fpe.Data.Files;
using Fpe.Tables;
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
            for (int batch = 0; reader.ReadNextRecordBatch() is { } rows; batch++)
            {
                using (rows)
                    Add(rows, batch, places, builder);
            }
        }
        catch (Exception error) when (error is not FpeException)
        {
            throw ArrowFile.Problem(path, error);
        }

        return builder.ToTable();
    }

    private static void Add(RecordBatch rows, int batch, int[] places, TableBuilder builder)
    {
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
