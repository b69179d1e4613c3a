using System.Buffers.Binary;
using System.IO.Compression;
using Fpe.Data;

namespace Fpe.Runtime.Tests.Data;

public sealed class IdxClassesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("fpe-idx-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData(".gz")]
    public void Images_are_samples_row_by_row(string suffix)
    {
        Dataset dataset = IdxClasses.Read(
            Write("images" + suffix, Images(2, 1, 3, [0, 51, 102, 153, 204, 255])), Write("labels" + suffix, Labels(2, [4, 0])), classCount: 5);

        Assert.Equal((2, 3, 5), (dataset.Count, dataset.FeatureCount, dataset.OutputCount));
        Assert.Equal([0, 51 / 255f, 102 / 255f], dataset.Sample(0));
        Assert.Equal([153 / 255f, 204 / 255f, 1], dataset.Sample(1));
        Assert.Equal((4, 0), (dataset.Label(0), dataset.Label(1)));
    }

    [Fact]
    public void Values_are_standardised_where_wanted()
    {
        Dataset dataset = IdxClasses.Read(
            Write("images", Images(1, 1, 2, [0, 255])), Write("labels", Labels(1, [0])), classCount: 1, mean: 0.25f, deviation: 0.5f);
        Assert.Equal([-0.5f, 1.5f], dataset.Sample(0));
    }

    [Fact]
    public void Content_longer_than_a_read_is_whole()
    {
        byte[] pixels = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i % 251))];
        Dataset dataset = IdxClasses.Read(
            Write("images.gz", Images(300, 20, 50, pixels)), Write("labels", Labels(300, new byte[300])), classCount: 1);
        Assert.Equal(pixels[^1] / 255f, dataset.Sample(299)[^1]);
    }

    [Theory]
    [InlineData("", "images: it ends at byte 0, within the header of 16 bytes; fetch the file again.")]
    [InlineData("00000803 00000001 00", "images: it ends at byte 9, within the header of 16 bytes; fetch the file again.")]
    [InlineData("00000801 00000001 00", "images: byte 0: magic number 0x00000801 instead of 0x00000803, so this is no IDX file of images but one of labels; exchange the two paths.")]
    [InlineData("1F8B0800 00000000 00", "images: byte 0: magic number 0x1F8B0800 instead of 0x00000803, so this is no IDX file of images but a compressed one; let its name end in .gz.")]
    [InlineData("03080000 00000001 00", "images: byte 0: magic number 0x03080000 instead of 0x00000803, so this is no IDX file of images; check the path.")]
    [InlineData("00000803 00000000 00000001 00000001", "images: byte 4: dimension 0 has size 0, which is not from 1 to 2147483647; fetch the file again.")]
    [InlineData("00000803 00000001 00000001 FFFFFFFF 00", "images: byte 12: dimension 2 has size 4294967295, which is not from 1 to 2147483647; fetch the file again.")]
    [InlineData("00000803 00000001 00000002 00000002 010203", "images: byte 16: 1 · 2 · 2 is a content of 4 bytes, but 3 bytes follow; the file is cut short, fetch it again.")]
    [InlineData("00000803 00000001 00000002 00000002 0102030405", "images: byte 16: 1 · 2 · 2 is a content of 4 bytes, but 5 bytes follow; something follows the content, fetch it again.")]
    [InlineData("00000803 7FFFFFFF 7FFFFFFF 7FFFFFFF 00", "images: byte 16: 2147483647 · 2147483647 · 2147483647 is a content of 9903520300447984150353281023 bytes, but 1 bytes follow; the file is cut short, fetch it again.")]
    public void Damage_is_named_with_its_byte(string hex, string message)
    {
        byte[] content = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        string labels = Write("labels", Labels(1, [0]));
        Assert.Equal(Path.Combine(folder, message), Error(Write("images", content), labels));
        Assert.Equal(
            Path.Combine(folder, message.Replace("images:", "images.gz:", StringComparison.Ordinal)),
            Error(Write("images.gz", content), labels));
    }

    [Fact]
    public void Labels_are_checked_too()
    {
        string images = Write("images", Images(2, 1, 1, [1, 2]));
        Assert.Equal(
            $"{folder}/labels: byte 0: magic number 0x00000803 instead of 0x00000801, so this is no IDX file of labels but one of images; exchange the two paths.",
            Error(images, Write("labels", Images(2, 1, 1, [1, 2]))));
        Assert.Equal(
            $"{folder}/labels: byte 8: 2 is a content of 2 bytes, but 1 bytes follow; the file is cut short, fetch it again.",
            Error(images, Write("labels", Labels(2, [0]))));
        Assert.Equal(
            $"{folder}/labels: byte 4: 3 labels, but {images} has 2 images; take two files that belong together.",
            Error(images, Write("labels", Labels(3, [0, 0, 0]))));
        Assert.Equal(
            $"{folder}/labels: byte 9: label 3 of sample 1 is no class from 0 to 2; correct it or the number of classes.",
            Error(images, Write("labels", Labels(2, [2, 3]))));
    }

    [Fact]
    public void Damaged_compression_and_missing_files_are_named()
    {
        string labels = Write("labels", Labels(1, [0]));
        string missing = Path.Combine(folder, "missing");
        Assert.StartsWith($"{missing}: cannot be read:", Error(missing, labels), StringComparison.Ordinal);

        string damaged = Path.Combine(folder, "damaged.gz");
        File.WriteAllText(damaged, "this is no gzip file");
        Assert.StartsWith($"{damaged}: the compression is damaged after byte 0 of the content:", Error(damaged, labels), StringComparison.Ordinal);
    }

    [Fact]
    public void A_compressed_file_that_is_cut_anywhere_is_an_error()
    {
        string labels = Write("labels", Labels(1, [0]));
        byte[] whole = File.ReadAllBytes(Write("images.gz", Images(1, 16, 16, [.. Enumerable.Range(0, 256).Select(i => (byte)(i * i))])));
        string cut = Path.Combine(folder, "cut.gz");
        // the last eight bytes are the checksum and the length: without them the content is still whole
        for (int length = 0; length < whole.Length - 8; length += 7)
        {
            File.WriteAllBytes(cut, whole[..length]);
            Assert.StartsWith($"{cut}: ", Error(cut, labels), StringComparison.Ordinal);
        }
    }

    private static string Error(string images, string labels) =>
        Assert.Throws<DatasetException>(() => IdxClasses.Read(images, labels, classCount: 3)).Message;

    private static byte[] Images(int count, int height, int width, byte[] pixels) => [.. Words(0x00000803, count, height, width), .. pixels];

    private static byte[] Labels(int count, byte[] labels) => [.. Words(0x00000801, count), .. labels];

    private static byte[] Words(params int[] words)
    {
        var bytes = new byte[4 * words.Length];
        for (int w = 0; w < words.Length; w++)
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 * w), words[w]);
        return bytes;
    }

    private string Write(string name, byte[] content)
    {
        string path = Path.Combine(folder, name);
        using FileStream file = File.Create(path);
        using Stream stream = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionLevel.Optimal) : file;
        stream.Write(content);
        return path;
    }
}
