using Fpe.Data;
using Fpe.Data.Files;
using Fpe.Fuzz.Formats;

namespace Fpe.Runtime.Tests.Data;

public sealed class IdxClassesTests : IDisposable
{
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
    [InlineData("00000803 00000001 00", "byte 9: the file ends within the header of 16 bytes; fetch it again.")]
    [InlineData("00000803 00000001 00000002 00000002 010203", "byte 19: the file ends after 3 of 4 bytes for 1 · 2 · 2; fetch it again.")]
    [InlineData("00000803 7FFFFFFF 7FFFFFFF 7FFFFFFF 00", "byte 17: the file ends after 1 of more than 9223372036854775807 bytes for 2147483647 · 2147483647 · 2147483647; fetch it again.")]
    public void Files_that_are_cut_short_are_named_with_the_byte(string hex, string message) => AssertDamage<FileTruncatedException>(hex, message);

    [Theory]
    [InlineData("00000801 00000001 00", "byte 0: magic number 0x00000801 instead of 0x00000803, so this is no IDX file of images but one of labels; exchange the two paths.")]
    [InlineData("1F8B0800 00000000 00", "byte 0: magic number 0x1F8B0800 instead of 0x00000803, so this is no IDX file of images but a compressed one; let its name end in .gz.")]
    [InlineData("03080000 00000001 00", "byte 0: magic number 0x03080000 instead of 0x00000803, so this is no IDX file of images; check the path.")]
    [InlineData("00000803 00000001 00000001 FFFFFFFF 00", "byte 12: dimension 2 has size 4294967295, which is not from 1 to 2147483647; fetch the file again.")]
    [InlineData("00000803 00000001 00000002 00000002 0102030405", "byte 20: 1 bytes follow the 4 for 1 · 2 · 2; fetch the file again.")]
    public void Corrupt_files_are_named_with_the_byte(string hex, string message) => AssertDamage<FileCorruptException>(hex, message);

    [Theory]
    [InlineData("", "it has no bytes; fetch it again.")]
    [InlineData("00000803 00000000 00000001 00000001", "byte 4: dimension 0 has size 0, so there are no samples; fetch the file again.")]
    public void Empty_files_are_named(string hex, string message) => AssertDamage<FileEmptyException>(hex, message);

    [Fact]
    public void Labels_are_checked_too()
    {
        string images = Write("images", IdxBytes.Images(2, 1, 1, [1, 2]));
        AssertLabels<FileCorruptException>(images, IdxBytes.Images(2, 1, 1, [1, 2]), "byte 0: magic number 0x00000803 instead of 0x00000801, so this is no IDX file of labels but one of images; exchange the two paths.");
        AssertLabels<FileTruncatedException>(images, IdxBytes.Labels(2, [0]), "byte 9: the file ends after 1 of 2 bytes for 2; fetch it again.");
        AssertLabels<FileMislabelledException>(images, IdxBytes.Labels(3, [0, 0, 0]), $"byte 4: 3 labels, but {images} has 2 images; take two files that belong together.");
        AssertLabels<FileMislabelledException>(images, IdxBytes.Labels(2, [2, 3]), "byte 9: label 3 of sample 1 is no class from 0 to 2; correct it or the number of classes.");
    }

    [Fact]
    public void Missing_files_and_damaged_compression_are_named()
    {
        string labels = Write("labels", IdxBytes.Labels(1, [0]));
        string missing = folder.PathOf("missing");
        Assert.Equal($"{missing}: there is no such file; check the path.", Error<FileMissingException>(missing, labels));

        string damaged = folder.Write("damaged.gz", "this is no gzip file"u8.ToArray());
        Assert.StartsWith($"{damaged}: byte 0: the compression is damaged:", Error<FileCorruptException>(damaged, labels), StringComparison.Ordinal);
    }

    [Fact]
    public void A_compressed_file_that_is_cut_anywhere_or_longer_or_changed_is_an_error()
    {
        string labels = Write("labels", IdxBytes.Labels(1, [0]));
        byte[] whole = Gzip.Pack(IdxBytes.Images(1, 16, 16, [.. Enumerable.Range(0, 256).Select(i => (byte)(i * i))]));
        for (int length = 0; length < whole.Length; length++)
            Assert.ThrowsAny<DataFileException>(() => IdxClasses.Read(folder.Write("cut.gz", whole[..length]), labels, 3));

        string longer = folder.Write("longer.gz", [.. whole, 0]);
        Assert.StartsWith($"{longer}: byte 272: the content ends, but the end of the compressed file says that it has ", Error<FileTruncatedException>(longer, labels), StringComparison.Ordinal);
        whole[^5] ^= 1;
        Assert.ThrowsAny<DataFileException>(() => IdxClasses.Read(folder.Write("checksum.gz", whole), labels, 3));
    }

    private static string Error<TException>(string images, string labels)
        where TException : DataFileException =>
        Assert.Throws<TException>(() => IdxClasses.Read(images, labels, classCount: 3)).Message;

    private void AssertDamage<TException>(string hex, string message)
        where TException : DataFileException
    {
        byte[] content = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
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

    private string Write(string name, byte[] content) =>
        folder.Write(name, name.EndsWith(".gz", StringComparison.Ordinal) ? Gzip.Pack(content) : content);
}
