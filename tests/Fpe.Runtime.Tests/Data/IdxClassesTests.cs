using Fpe.Data;
using Fpe.Data.Files;
using Fpe.Fuzz.Formats;

namespace Fpe.Runtime.Tests.Data;

public sealed class IdxClassesTests : IDisposable
{
    // QMNIST: class, series, writer, and five more
    private const string Row0 = " 00000000 00000004 00000001 00000002 00000003 00000004 00000005 00000006";
    private const string Row1 = " 00000001 00000004 00000001 00000002 00000003 00000004 00000005 00000006";
    private const string Row2 = " 00000002 00000004 00000001 00000002 00000003 00000004 00000005 00000006";

    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData(".gz")]
    public void Images_are_samples_row_by_row(string suffix)
    {
        string images = Write("images" + suffix, IdxBytes.Images(2, 1, 3, [0, 51, 102, 153, 204, 255])), labels = Write("labels" + suffix, IdxBytes.Labels(2, [4, 0]));
        foreach (Dataset dataset in new[] { IdxClasses.Read(images, labels, classCount: 5), IdxClasses.Open(images, labels, classCount: 5) })
        {
            Assert.Equal((2, 3, 5), (dataset.Count, dataset.FeatureCount, dataset.OutputCount));
            Assert.Equal([0, 51 / 255f, 102 / 255f], dataset.Sample(0));
            Assert.Equal([153 / 255f, 204 / 255f, 1], dataset.Sample(1));
            Assert.Equal((4, 0), (dataset.Label(0), dataset.Label(1)));
        }
    }

    [Fact]
    public void Values_are_standardised_where_wanted()
    {
        Dataset dataset = IdxClasses.Read(
            Write("images", IdxBytes.Images(1, 1, 2, [0, 255])), Write("labels", IdxBytes.Labels(1, [0])), classCount: 1, mean: 0.25f, deviation: 0.5f);
        Assert.Equal([-0.5f, 1.5f], dataset.Sample(0));
    }

    [Fact]
    public void Content_longer_than_a_read_is_whole()
    {
        byte[] pixels = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i % 251))];
        foreach (string name in new[] { "images", "images.gz" })
        {
            Dataset dataset = IdxClasses.Read(Write(name, IdxBytes.Images(30, 100, 100, pixels)), Write("labels", IdxBytes.Labels(30, new byte[30])), classCount: 1);
            Assert.Equal([.. pixels.Select(p => p / 255f)], dataset.Features!);
        }
    }

    [Theory]
    [InlineData("000008", "byte 3: the file ends within the header of 4 bytes; fetch it again.")]
    [InlineData("00000803 00000001 00", "byte 9: the file ends within the header of 16 bytes; fetch it again.")]
    [InlineData("00000803 00000001 00000002 00000002 010203", "byte 19: the file ends after 3 of 4 bytes for 1 · 2 · 2; fetch it again.")]
    [InlineData("00000803 7FFFFFFF 7FFFFFFF 7FFFFFFF 00", "byte 17: the file ends after 1 of more than 9223372036854775807 bytes for 2147483647 · 2147483647 · 2147483647; fetch it again.")]
    public void Files_that_are_cut_short_are_named_with_the_byte(string hex, string message) => AssertDamage<FileTruncatedException>(hex, message);

    [Theory]
    [InlineData("03080000 00000001 00", "byte 0: magic number 0x03080000 is not that of an IDX file; check the path.")]
    [InlineData("00000A03 00000001 00", "byte 0: magic number 0x00000A03 is not that of an IDX file; check the path.")]
    [InlineData("00000800 00000001 00", "byte 0: magic number 0x00000800 is not that of an IDX file; check the path.")]
    [InlineData("00000803 00000001 00000001 FFFFFFFF 00", "byte 12: dimension 2 has size 4294967295, which is not from 1 to 2147483647; fetch the file again.")]
    [InlineData("00000803 00000001 00000002 00000002 0102030405", "byte 20: 1 bytes follow the 4 for 1 · 2 · 2; fetch the file again.")]
    public void Corrupt_files_are_named_with_the_byte(string hex, string message) => AssertDamage<FileCorruptException>(hex, message);

    [Theory]
    [InlineData("00000801 00000001 00", "byte 2: it contains [1] numbers, one per sample, like a file of labels, but images are expected; check whether the two paths are swapped.")]
    [InlineData("1F8B0800 00000000 00", "byte 0: it is not an IDX file: it is a gzip file; decompress it; a data file can stay compressed if its name ends in .gz.")]
    [InlineData("3C68746D6C3E", "byte 0: it is not an IDX file: it is a web page (HTML or XML), which a server sent instead of the file; open it to see what is wrong, and fetch the file itself.")]
    [InlineData("00000C03 00000001 00000001 00000001 00000001", "byte 2: its pixels are numbers of type >i4, but only unsigned bytes are supported in IDX files; save them with numpy.save, and read them with NpyClasses.")]
    [InlineData("00000D02 00000001 00000001 00000000", "byte 2: its pixels are numbers of type >f4, but only unsigned bytes are supported in IDX files; save them with numpy.save, and read them with NpyClasses.")]
    public void What_is_not_read_is_named(string hex, string message) => AssertDamage<FileUnsupportedException>(hex, message);

    [Theory]
    [InlineData("00000801 00000003 00 02 01", 9)]
    [InlineData("00000901 00000003 00 02 01", 9)]
    [InlineData("00000B01 00000003 0000 0002 0001", 10)]
    [InlineData("00000C01 00000003 00000000 00000002 00000001", 12)]
    [InlineData("00000C02 00000003 00000001 00000000 00000002 00000001", 16)]
    [InlineData("00000C02 00000003 00000008" + Row0 + Row2 + Row1, 44)]
    public void Labels_of_all_integer_types_are_read_and_those_of_QMNIST(string hex, int placeOfSecond)
    {
        string images = Write("images", IdxBytes.Images(3, 1, 1, [1, 2, 3])), labels = Write("labels", Bytes(hex));
        Dataset dataset = IdxClasses.Read(images, labels, 3);
        Assert.Equal([0, 2, 1], Enumerable.Range(0, 3).Select(dataset.Label));
        Assert.Equal(
            $"{labels}: byte {placeOfSecond}: label 2 of sample 1 is not a class from 0 to 1; correct it or the number of classes.",
            Assert.Throws<FileMislabelledException>(() => IdxClasses.Read(images, labels, 2)).Message);
    }

    [Fact]
    public void Images_may_have_channels_or_be_rows()
    {
        byte[] header = [0, 0, 8, 4, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2];
        string labels = Write("labels", IdxBytes.Labels(1, [0]));
        Assert.Equal([0, 1, 0, 1], IdxClasses.Read(Write("images", [.. header, 0, 255, 0, 255]), labels, 1).Features!);
        Assert.Equal([0, 1], IdxClasses.Read(Write("images", [0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 255]), labels, 1).Features!);
    }

    [Theory]
    [InlineData("", "it has no bytes; fetch it again.")]
    [InlineData("00000803 00000001 00000000 00000001", "byte 8: dimension 1 has size 0, so there are no samples; fetch the file again.")]
    [InlineData("00000803 00000000 00000001 00000001", "byte 4: dimension 0 has size 0, so there are no samples; fetch the file again.")]
    public void Empty_files_are_named(string hex, string message) => AssertDamage<FileEmptyException>(hex, message);

    [Fact]
    public void Labels_are_checked_too()
    {
        string images = Write("images", IdxBytes.Images(2, 1, 1, [1, 2]));
        AssertLabels<FileUnsupportedException>(images, IdxBytes.Images(2, 1, 1, [1, 2]), "byte 2: it contains [2, 1, 1] numbers, like a file of images, but one label per sample is expected; check whether the two paths are swapped.");
        AssertLabels<FileUnsupportedException>(images, Bytes("00000D01 00000002 00000000 00000000"), "byte 2: its labels are numbers of type >f4, but classes must be integers; save them as integers.");
        AssertLabels<FileUnsupportedException>(images, Bytes("00000E01 00000001 0000000000000000"), "byte 2: its labels are numbers of type >f8, but classes must be integers; save them as integers.");
        AssertLabels<FileMislabelledException>(images, Bytes("00000C01 00000002 00000000 FFFFFFFF"), "byte 12: label -1 of sample 1 is not a class from 0 to 2; correct it or the number of classes.");
        AssertLabels<FileTruncatedException>(images, IdxBytes.Labels(2, [0]), "byte 9: the file ends after 1 of 2 bytes for 2; fetch it again.");
        AssertLabels<FileMislabelledException>(images, IdxBytes.Labels(3, [0, 0, 0]), $"byte 4: 3 labels, but {images} has 2 images; use two files that belong together.");
        AssertLabels<FileMislabelledException>(images, IdxBytes.Labels(2, [2, 3]), "byte 9: label 3 of sample 1 is not a class from 0 to 2; correct it or the number of classes.");
    }

    [Fact]
    public void Missing_files_and_damaged_compression_are_named()
    {
        string labels = Write("labels", IdxBytes.Labels(1, [0]));
        string missing = folder.PathOf("missing");
        Assert.Equal($"{missing}: the file does not exist; check the path.", Error<FileMissingException>(missing, labels));

        string damaged = folder.Write("damaged.gz", "this is no gzip file"u8.ToArray());
        Assert.StartsWith($"{damaged}: byte 0: its name ends in .gz, but it is plain text;", Error<FileUnsupportedException>(damaged, labels), StringComparison.Ordinal);
    }

    [Fact]
    public void A_compressed_file_that_is_cut_anywhere_or_longer_or_changed_is_an_error()
    {
        string labels = Write("labels", IdxBytes.Labels(1, [0]));
        byte[] whole = Gzip.Pack(IdxBytes.Images(1, 16, 16, [.. Enumerable.Range(0, 256).Select(i => (byte)(i * i))]));
        for (int length = 0; length < whole.Length; length++)
            Assert.ThrowsAny<DataFileException>(() => IdxClasses.Read(folder.Write("cut.gz", whole[..length]), labels, 3));

        string longer = folder.Write("longer.gz", [.. whole, 1]);
        Assert.StartsWith($"{longer}: byte 272: data that is not compressed follows", Error<FileCorruptException>(longer, labels), StringComparison.Ordinal);
        whole[^5] ^= 1;
        Assert.ThrowsAny<DataFileException>(() => IdxClasses.Read(folder.Write("checksum.gz", whole), labels, 3));
    }

    private static string Error<TException>(string images, string labels)
        where TException : DataFileException =>
        Assert.Throws<TException>(() => IdxClasses.Read(images, labels, classCount: 3)).Message;

    private void AssertDamage<TException>(string hex, string message)
        where TException : DataFileException
    {
        byte[] content = Bytes(hex);
        string labels = Write("labels", IdxBytes.Labels(1, [0]));
        foreach (string name in new[] { "images", "images.gz" })
        {
            string images = Write(name, content);
            Assert.Equal($"{images}: {message}", Error<TException>(images, labels));
        }
    }

    private void AssertLabels<TException>(string images, byte[] content, string message)
        where TException : DataFileException
    {
        string labels = Write("labels", content);
        Assert.Equal($"{labels}: {message}", Error<TException>(images, labels));
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    private string Write(string name, byte[] content) =>
        folder.Write(name, name.EndsWith(".gz", StringComparison.Ordinal) ? Gzip.Pack(content) : content);
}
