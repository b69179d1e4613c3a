using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using Fpe.Arrow;
using Fpe.Data.Files;

namespace Fpe.Tables.Tests;

public sealed class ArrowTableTests : IDisposable
{
    private static readonly TableSchema Schema = new(
        new NumberColumn("size") { Missing = Missing.Constant(-1) }, new NumberColumn("rooms"), new OneHotColumn("colour") { Missing = Missing.Category("none") }, new OneHotColumn("city"))
    {
        Target = new LabelColumns("lift", "new"),
    };

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(false, CompressionCodecType.Lz4Frame)]
    [InlineData(true, CompressionCodecType.Zstd)]
    public void Files_and_streams_are_read(bool isStream, CompressionCodecType? compression)
    {
        string path = folder.PathOf("t.arrow");
        Write(path, isStream, compression, Rows([1.5, null, double.NaN], ["red", null, "blue"]), Rows([1.5, null, double.NaN], ["red", null, "blue"]));
        Table table = ArrowTable.Read(path, Schema);
        float[] rows = [1.5f, 1, 0, 0, 1, 0, 1, -1, 2, 0, 1, 0, 1, 0, -1, 3, 1, 0, 0, 0, 1];
        Assert.Equal([.. rows, .. rows], TableEncoding.Learn(table).Rows(table));
        Assert.Equal(FilePlace.RowOfBatch(1, 2), table.PlaceOf(5));
    }

    [Fact]
    public void Values_that_cannot_be_used_are_named_with_batch_row_and_column()
    {
        string path = folder.PathOf("t.arrow");
        Write(path, isStream: false, compression: null, Rows([1, 2, null], ["red", "red", "red"]));
        Assert.StartsWith(
            $"{path}: record batch 0, row 2, column 1 (size): the value is missing;",
            Assert.Throws<MissingValueException>(() => ArrowTable.Read(path, new TableSchema(new NumberColumn("size")))).Message, StringComparison.Ordinal);
        Assert.Equal(
            $"{path}: column 7 ('day') has values of type date32, which cannot be used; convert it to numbers or text.",
            Assert.Throws<TableColumnException>(() => ArrowTable.Read(path, new TableSchema(new NumberColumn("day")))).Message);
        Assert.StartsWith($"{path}: there is no column 'weight';", Assert.Throws<TableColumnException>(() => ArrowTable.Read(path, new TableSchema(new NumberColumn("weight")))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Categories_keep_all_digits_of_their_type()
    {
        string path = folder.PathOf("t.arrow");
        var price = new Decimal128Type(precision: 24, scale: 4);
        RecordBatch batch = new RecordBatch.Builder()
            .Append("id", nullable: false, new UInt64Array.Builder().Append(ulong.MaxValue).Append(ulong.MaxValue - 1).Build())
            .Append("share", nullable: false, new FloatArray.Builder().Append(0.1f).Append(0.2f).Build())
            .Append("price", nullable: false, new Decimal128Array.Builder(price).Append(1234567890123456789.25m).Append(1234567890123456789.5m).Build())
            .Build();
        Write(path, isStream: false, compression: null, batch);
        Table table = ArrowTable.Read(path, new TableSchema(new OneHotColumn("id"), new OneHotColumn("share"), new OneHotColumn("price")));
        Assert.Equal(
            ["id = 18446744073709551614", "id = 18446744073709551615", "share = 0.1", "share = 0.2", "price = 1234567890123456789.25", "price = 1234567890123456789.5"],
            TableEncoding.Learn(table).FeatureNames);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Files_of_other_kinds_and_pieces_of_files_are_named(bool isStream)
    {
        string path = folder.PathOf("t.arrow");
        Assert.Equal($"{path}: byte 0: it is not an Arrow file: it is a Parquet file; read it with ParquetTable of the package Fpe.Parquet.", Assert.Throws<FileUnsupportedException>(() => ArrowTable.Read(folder.Write("t.arrow", "PAR1 and more"), Schema)).Message);
        Assert.StartsWith($"{path}: byte 0: it is a Feather file of version 1,", Assert.Throws<FileUnsupportedException>(() => ArrowTable.Read(folder.Write("t.arrow", "FEA1 and more"), Schema)).Message, StringComparison.Ordinal);
        Assert.Throws<FileMissingException>(() => ArrowTable.Read(folder.PathOf("none"), Schema));
        Write(path, isStream, compression: null, Rows([1, 2, 3], ["red", "blue", "red"]));
        byte[] whole = File.ReadAllBytes(path);
        for (int length = 0; length < whole.Length - 8; length += 7)
            Assert.ThrowsAny<DataFileException>(() => ArrowTable.Read(folder.Write("t.arrow", whole[..length]), Schema));
        var random = new Random(1);
        for (int i = 0; i < 200; i++)
        {
            byte[] damaged = [.. whole];
            damaged[random.Next(8, whole.Length - 8)] ^= (byte)(1 << random.Next(8));
            try
            {
                ArrowTable.Read(folder.Write("t.arrow", damaged), Schema);
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
        foreach (string name in new[] { "flats.arrow", "flats.arrows" })
        {
            Table flats = ArrowTable.Read(Path.Combine(TestFolder.Data, name), new TableSchema(new NumberColumn("id"), new OneHotColumn("district")) { Target = new NumberTargets("rent") });
            Assert.Equal(300, flats.Count);
            Assert.Equal("district = the \"Hill\"", TableEncoding.Learn(flats).FeatureNames[^1]);
        }
    }

    private static RecordBatch Rows(double?[] sizes, string?[] colours)
    {
        var size = new DoubleArray.Builder();
        foreach (double? value in sizes)
            size.Append(value);
        var colour = new StringArray.Builder();
        foreach (string? value in colours)
            colour.Append(value);
        BooleanArray flags = new BooleanArray.Builder().Append(true).Append(false).Append(true).Build();
        var city = new DictionaryArray(new DictionaryType(Int8Type.Default, StringType.Default, ordered: false), new Int8Array.Builder().Append(1).Append(0).Append(1).Build(), new StringArray.Builder().Append("Rome").Append("Siena").Build());
        return new RecordBatch.Builder()
            .Append("size", nullable: true, size.Build())
            .Append("rooms", nullable: false, new UInt16Array.Builder().Append(1).Append(2).Append(3).Build())
            .Append("colour", nullable: true, colour.Build())
            .Append("city", nullable: false, city)
            .Append("lift", nullable: false, flags)
            .Append("new", nullable: false, flags)
            .Append("day", nullable: false, new Date32Array.Builder().Append(DateTime.UnixEpoch).Append(DateTime.UnixEpoch).Append(DateTime.UnixEpoch).Build())
            .Build();
    }

    private static void Write(string path, bool isStream, CompressionCodecType? compression, params RecordBatch[] batches)
    {
        using FileStream stream = File.Create(path);
        var options = new IpcOptions { CompressionCodec = compression, CompressionCodecFactory = new CompressionCodecFactory() };
        using ArrowStreamWriter writer = isStream ? new ArrowStreamWriter(stream, batches[0].Schema, leaveOpen: true, options) : new ArrowFileWriter(stream, batches[0].Schema, leaveOpen: true, options);
        writer.WriteStart();
        foreach (RecordBatch batch in batches)
            writer.WriteRecordBatch(batch);
        writer.WriteEnd();
    }
}
