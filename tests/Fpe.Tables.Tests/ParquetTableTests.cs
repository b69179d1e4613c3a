using Fpe.Data.Files;
using Fpe.Parquet;
using Parquet;
using Parquet.Schema;

namespace Fpe.Tables.Tests;

public sealed class ParquetTableTests : IDisposable
{
    private static readonly TableSchema Schema = new(
        new NumberColumn("size") { Missing = Missing.Constant(-1) }, new NumberColumn("rooms"), new OneHotColumn("colour") { Missing = Missing.Category("none") })
    {
        Target = new LabelColumns("lift", "new"),
    };

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Rows_of_several_groups_are_read()
    {
        string path = folder.PathOf("t.parquet");
        await WriteAsync(path, [1.5, null, double.NaN], [1, 2, 3], ["red", null, "blue"], [true, false, true]);
        Table table = await ParquetTable.ReadAsync(path, Schema);
        Assert.Equal(6, table.Count);
        float[] rows = [1.5f, 1, 0, 0, 1, -1, 2, 0, 1, 0, -1, 3, 1, 0, 0];
        Assert.Equal([.. rows, .. rows], TableEncoding.Learn(table).Rows(table));
        Assert.Equal(FilePlace.RowOfGroup(1, 2), table.PlaceOf(5));
    }

    [Fact]
    public async Task Values_that_cannot_be_used_are_named_with_group_row_and_column()
    {
        string path = folder.PathOf("t.parquet");
        await WriteAsync(path, [1, double.PositiveInfinity], [1, 2], ["red", "blue"], [true, false]);
        Assert.Equal(
            $"{path}: row group 0, row 1, column 2 (size): Infinity is not a finite 32-bit number; correct it, or use another unit for the column.",
            Assert.Throws<TableValueException>(() => ParquetTable.Read(path, Schema)).Message);
        await WriteAsync(path, [1, null], [1, 2], ["red", "blue"], [true, false]);
        Assert.StartsWith(
            $"{path}: row group 0, row 1, column 2 (size): the value is missing;",
            Assert.Throws<MissingValueException>(() => ParquetTable.Read(path, new TableSchema(new NumberColumn("size")))).Message, StringComparison.Ordinal);
        Assert.Equal(
            $"{path}: there is no column 'weight'; its 7 columns are 'colour', 'size', 'rooms', 'lift', 'new', 'day', 'list'.",
            Assert.Throws<TableColumnException>(() => ParquetTable.Read(path, new TableSchema(new NumberColumn("weight")))).Message);
        Assert.Equal(
            $"{path}: column 6 ('day') has values of type DateTime, which cannot be used; convert it to numbers or text.",
            Assert.Throws<TableColumnException>(() => ParquetTable.Read(path, new TableSchema(new NumberColumn("day")))).Message);
        Assert.StartsWith(
            $"{path}: column 7 ('list') has values of type list of Int32,",
            Assert.Throws<TableColumnException>(() => ParquetTable.Read(path, new TableSchema(new NumberColumn("list")))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Categories_keep_all_digits_of_their_type()
    {
        string path = folder.PathOf("t.parquet");
        ulong[] ids = [ulong.MaxValue, ulong.MaxValue - 1];
        float[] shares = [0.1f, 0.2f];
        decimal[] prices = [1234567890123456789.25m, 1234567890123456789.5m];
        var schema = new ParquetSchema(new DataField<ulong>("id"), new DataField<float>("share"), new DecimalDataField("price", precision: 24, scale: 4));
        await using (FileStream stream = File.Create(path))
        {
            await using ParquetWriter writer = await ParquetWriter.CreateAsync(schema, stream);
            using ParquetRowGroupWriter rows = writer.CreateRowGroup();
            DataField[] fields = schema.GetDataFields();
            await rows.WriteAsync<ulong>(fields[0], ids);
            await rows.WriteAsync<float>(fields[1], shares);
            await rows.WriteAsync<decimal>(fields[2], prices);
        }

        Table table = ParquetTable.Read(path, new TableSchema(new OneHotColumn("id"), new OneHotColumn("share"), new OneHotColumn("price")));
        Assert.Equal(
            ["id = 18446744073709551614", "id = 18446744073709551615", "share = 0.1", "share = 0.2", "price = 1234567890123456789.25", "price = 1234567890123456789.5"],
            TableEncoding.Learn(table).FeatureNames);
    }

    [Fact]
    public async Task Files_of_other_kinds_and_pieces_of_files_are_named()
    {
        string path = folder.PathOf("t.parquet");
        Assert.Throws<FileMissingException>(() => ParquetTable.Read(path, Schema));
        Assert.Equal($"{path}: byte 0: it is not a Parquet file: it is plain text; check the path.", Assert.Throws<FileUnsupportedException>(() => ParquetTable.Read(folder.Write("t.parquet", "size,rooms"), Schema)).Message);
        Assert.StartsWith($"{path}: byte 0: it is not a Parquet file: it is a gzip file;", Assert.Throws<FileUnsupportedException>(() => ParquetTable.Read(folder.Write("t.parquet", [0x1F, 0x8B, 8]), Schema)).Message, StringComparison.Ordinal);
        Assert.Equal($"{path}: it has no bytes; fetch it again.", Assert.Throws<FileEmptyException>(() => ParquetTable.Read(folder.Write("t.parquet", ""), Schema)).Message);
        await WriteAsync(path, [1, 2], [1, 2], ["red", "blue"], [true, false]);
        byte[] whole = File.ReadAllBytes(path);
        for (int length = 1; length < whole.Length; length += 7)
            Assert.ThrowsAny<DataFileException>(() => ParquetTable.Read(folder.Write("t.parquet", whole[..length]), Schema));
        var random = new Random(1);
        for (int i = 0; i < 200; i++)
        {
            byte[] damaged = [.. whole];
            damaged[random.Next(4, whole.Length - 4)] ^= (byte)(1 << random.Next(8));
            try
            {
                ParquetTable.Read(folder.Write("t.parquet", damaged), Schema);
            }
            catch (FpeException)
            {
                // what is damaged is named
            }
        }
    }

    [Fact]
    public void Files_of_other_writers_are_read()
    {
        Table flats = ParquetTable.Read(Path.Combine(TestFolder.Data, "flats.parquet"), new TableSchema(new NumberColumn("id"), new OneHotColumn("district")) { Target = new NumberTargets("rent") });
        Assert.Equal(300, flats.Count);
        Assert.Equal("district = the \"Hill\"", TableEncoding.Learn(flats).FeatureNames[^1]);
    }

    private static async Task WriteAsync(string path, double?[] sizes, int[] rooms, string?[] colours, bool[] flags)
    {
        var schema = new ParquetSchema(
            new DataField<string>("colour"), new DataField<double?>("size"), new DataField<int>("rooms"), new DataField<bool>("lift"), new DataField<bool>("new"),
            new DataField<DateTime>("day"), new DataField("list", typeof(int), isNullable: false, isArray: true));
        await using FileStream stream = File.Create(path);
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(schema, stream);
        for (int group = 0; group < 2; group++)
        {
            using ParquetRowGroupWriter rows = writer.CreateRowGroup();
            DataField[] fields = schema.GetDataFields();
            await rows.WriteAsync(fields[0], colours);
            await rows.WriteAsync<double>(fields[1], sizes);
            await rows.WriteAsync<int>(fields[2], rooms);
            await rows.WriteAsync<bool>(fields[3], flags);
            await rows.WriteAsync<bool>(fields[4], flags);
            await rows.WriteAsync<DateTime>(fields[5], Enumerable.Repeat(DateTime.UnixEpoch, rooms.Length).ToArray());
            await rows.WriteAsync<int>(fields[6], rooms, new int[rooms.Length]);
        }
    }
}
