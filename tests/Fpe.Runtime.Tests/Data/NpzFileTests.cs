using System.IO.Compression;
using Fpe.Data;
using Fpe.Data.Files;
using Fpe.Fuzz.Formats;

namespace Fpe.Runtime.Tests.Data;

public sealed class NpzFileTests : IDisposable
{
    // numpy.savez_compressed(path, features=numpy.arange(6, dtype='f4').reshape(2, 3), labels=numpy.array([1, 0])) of NumPy 1.24
    private const string OfNumPy =
        "504b03042d0000000800000021004fe9002affffffffffffffff0c00140066656174757265732e6e70790100100098000000000000005500000000000000"
        + "9bec17ea1b10c9c850c650ad9e925a9c5ca46ea5a06e9366a2aea3a09e965f54529498179f5f94920a12774bcc294e058a17672416a402f91a463a0ac69a"
        + "3a0ab50a64032e063068b007120e4004c40d40bcc00100504b03042d00000008000000210071fb39abffffffffffffffff0a0014006c6162656c732e6e70"
        + "7901001000900000000000000048000000000000009bec17ea1b10c9c850c650ad9e925a9c5ca46ea5a06e9369a1aea3a09e965f54529498179f5f94"
        + "920a12774bcc294e058a17672416a402f91a463a9a3a0ab50a14002e4606540000504b01022d032d0000000800000021004fe9002a55000000980000000c"
        + "000000000000000000000080010000000066656174757265732e6e7079504b01022d032d00000008000000210071fb39ab48000000900000000a00000000"
        + "000000000000008001930000006c6162656c732e6e7079504b0506000000000200020072000000170100000000";

    private static readonly byte[] One = NpyBytes.Array("|u1", "(1,)", [7]);

    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void An_archive_of_NumPy_is_a_data_set()
    {
        string path = folder.Write("data.npz", Convert.FromHexString(OfNumPy));
        Dataset dataset = NpyClasses.ReadNpz(path);
        Assert.Equal((2, 3, 2), (dataset.Count, dataset.FeatureCount, dataset.OutputCount));
        Assert.Equal([0, 1, 2, 3, 4, 5], dataset.Features!);
        Assert.Equal((1, 0), (dataset.Label(0), dataset.Label(1)));

        using var archive = NpzFile.Open(path);
        Assert.Equal(["features", "labels"], archive.Names);
        Assert.Equal(
            $"{path}: it has no array 'x', only 'features', 'labels'; choose one of these.",
            Assert.Throws<FileMissingException>(() => archive.Read("x")).Message);
    }

    [Theory]
    [InlineData("/etc/a.npy")]
    [InlineData("../a.npy")]
    [InlineData("x/../../a.npy")]
    [InlineData("c:\\a.npy")]
    [InlineData("a.txt")]
    [InlineData(".npy")]
    public void Names_that_are_no_plain_arrays_are_refused(string name)
    {
        string path = folder.Write("data.npz", NpyBytes.Archive(CompressionLevel.Fastest, (name, One)));
        Assert.Equal(
            $"{path}: the entry '{name}' is not a plain name that ends in .npy; save only arrays, with numpy.savez.",
            Assert.Throws<FileUnsupportedException>(() => NpzFile.Open(path)).Message);
    }

    [Fact]
    public void Names_that_occur_twice_are_refused() =>
        AssertCorrupt(NpyBytes.Archive(CompressionLevel.Fastest, ("a.npy", One), ("a.npy", One)), "it has two arrays 'a'; save it again with different names.");

    [Fact]
    public void Entries_that_share_bytes_are_refused()
    {
        // both lines of the directory are made to point at the first entry, which is most of the file
        byte[] content = NpyBytes.Array("|u1", "(5000,)", [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * i * i % 253))]);
        byte[] file = NpyBytes.Archive(CompressionLevel.NoCompression, ("a.npy", content), ("b.npy", One));
        int directory = file.AsSpan().IndexOf("PK\u0001\u0002"u8), second = directory + 1 + file.AsSpan(directory + 1).IndexOf("PK\u0001\u0002"u8);
        file.AsSpan(directory + 16, 12).CopyTo(file.AsSpan(second + 16));
        file.AsSpan(directory + 42, 4).CopyTo(file.AsSpan(second + 42));
        AssertCorrupt(file, $"its arrays up to 'b' claim {(2 * (content.Length + 76 + 5))} bytes, but the file has {file.Length}; fetch it again.");
    }

    [Fact]
    public void Content_is_checked_against_its_checksum_and_length()
    {
        byte[] file = NpyBytes.Archive(CompressionLevel.NoCompression, ("a.npy", One));
        int at = file.AsSpan().IndexOf("NUMPY"u8) + 100;
        file[at] ^= 1;
        using var archive = NpzFile.Open(folder.Write("data.npz", file));
        Assert.StartsWith(
            $"{folder.PathOf("data.npz")}/a.npy: byte 129: the checksum of the content is 0x",
            Assert.Throws<FileCorruptException>(() => archive.Read("a")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_with_a_control_character_is_refused() => Assert.Equal(
        $"{folder.PathOf("data.npz")}: the entry 'a\uFFFD.npy' is not a plain name that ends in .npy; save only arrays, with numpy.savez.",
        Assert.Throws<FileUnsupportedException>(() => NpzFile.Open(folder.Write("data.npz", NpyBytes.Archive(CompressionLevel.Fastest, ("a\u0007.npy", One))))).Message);

    [Fact]
    public void An_encrypted_entry_is_refused()
    {
        byte[] file = NpyBytes.Archive(CompressionLevel.Fastest, ("a.npy", One));
        file[6] |= 1;
        file[file.AsSpan().IndexOf("PK\u0001\u0002"u8) + 8] |= 1;
        string path = folder.Write("data.npz", file);
        Assert.Equal(
            $"{path}: the entry 'a.npy' is encrypted; save it without a password.",
            Assert.Throws<FileUnsupportedException>(() => NpzFile.Open(path)).Message);
    }

    [Fact]
    public void An_entry_without_its_header_is_damage()
    {
        byte[] file = NpyBytes.Archive(CompressionLevel.NoCompression, ("a.npy", One), ("b.npy", One));
        file[1 + file.AsSpan(1).IndexOf("PK\u0003\u0004"u8)] = 0;
        using var archive = NpzFile.Open(folder.Write("data.npz", file));
        Assert.Equal([7], archive.Read("a").ToInt64s());
        string message = Assert.Throws<FileCorruptException>(() => archive.Read("b")).Message;
        Assert.StartsWith($"{folder.PathOf("data.npz")}/b.npy: the archive is damaged: ", message, StringComparison.Ordinal);
        Assert.EndsWith(" Fetch it again.", message, StringComparison.Ordinal);
        Assert.Equal("name", Assert.Throws<ArgumentException>(() => archive.Read("")).ParamName);
    }

    [Fact]
    public void An_archive_has_4096_arrays_at_most()
    {
        (string, byte[])[] entries = [.. Enumerable.Range(0, 4097).Select(i => ($"{i}.npy", One))];
        using (var archive = NpzFile.Open(folder.Write("data.npz", NpyBytes.Archive(CompressionLevel.NoCompression, entries[..4096]))))
            Assert.Equal(4096, archive.Names.Count);
        string path = folder.Write("data.npz", NpyBytes.Archive(CompressionLevel.NoCompression, entries));
        Assert.Equal($"{path}: it has more than 4096 arrays; divide the file.", Assert.Throws<FileOversizedException>(() => NpzFile.Open(path)).Message);
    }

    [Fact]
    public void A_file_that_is_refused_is_closed()
    {
        foreach (byte[] content in new[] { One, NpyBytes.Archive(CompressionLevel.NoCompression), new byte[50] })
        {
            var stream = new MemoryStream(content);
            Assert.ThrowsAny<DataFileException>(() => NpzFile.Open("x.npz", stream));
            Assert.False(stream.CanRead);
        }
    }

    [Fact]
    public void Damaged_compression_is_named_with_the_byte()
    {
        byte[] file = NpyBytes.Archive(CompressionLevel.Optimal, ("a.npy", NpyBytes.Array("|u1", "(300,)", new byte[300])));
        file.AsSpan(35, 8).Fill(0xFF);
        using var archive = NpzFile.Open(folder.Write("data.npz", file));
        string message = Assert.Throws<FileCorruptException>(() => archive.Read("a")).Message;
        Assert.StartsWith($"{folder.PathOf("data.npz")}/a.npy: byte 0: the compression is damaged: ", message, StringComparison.Ordinal);
        Assert.EndsWith(" Fetch the file again.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Content_of_another_length_than_the_directory_says_is_cut_short()
    {
        byte[] file = NpyBytes.Archive(CompressionLevel.Optimal, ("a.npy", One));
        int directory = file.AsSpan().IndexOf("PK\u0001\u0002"u8);
        file[directory + 24]++;
        using var archive = NpzFile.Open(folder.Write("data.npz", file));
        Assert.Equal(
            $"{folder.PathOf("data.npz")}/a.npy: byte {One.Length}: the content ends, but according to the end of the compressed file it has {One.Length + 1} bytes; the file is truncated, or data follows it: fetch it again.",
            Assert.Throws<FileTruncatedException>(() => archive.Read("a")).Message);
    }

    [Theory]
    [InlineData(12, "bzip2")]
    [InlineData(14, "LZMA")]
    [InlineData(93, "zstd")]
    public void Entries_compressed_otherwise_are_not_called_damaged(byte method, string words)
    {
        byte[] file = NpyBytes.Archive(CompressionLevel.NoCompression, ("a.npy", One), ("b.npy", One));
        NpyBytes.SetMethod(file, entry: 1, method);
        using var archive = NpzFile.Open(folder.Write("data.npz", file));
        Assert.Equal([7], archive.Read("a").ToInt64s());
        Assert.Equal(
            $"{folder.PathOf("data.npz")}/b.npy: it is compressed with {words} (method {method} of zip archives), which is not supported; save the arrays with numpy.savez or numpy.savez_compressed.",
            Assert.Throws<FileUnsupportedException>(() => archive.Read("b")).Message);
    }

    [Fact]
    public void Archives_cut_at_any_length_are_errors()
    {
        byte[] whole = Convert.FromHexString(OfNumPy);
        for (int length = 0; length < whole.Length; length++)
            Assert.ThrowsAny<DataFileException>(() => NpyClasses.ReadNpz(folder.Write("cut.npz", whole[..length])));
    }

    [Fact]
    public void An_array_that_expands_without_end_is_refused()
    {
        string path = folder.Write("bomb.npz", NpyBytes.Archive(CompressionLevel.Optimal, ("a.npy", NpyBytes.Array("|u1", "(5000000,)", new byte[5_000_000]))));
        using var archive = NpzFile.Open(path);
        Assert.EndsWith(
            ": it expands to more than 128 times its size; if that is intended, decompress it first and read the plain file.",
            Assert.Throws<FileOversizedException>(() => archive.Read("a")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Empty_archives_and_other_files_are_named()
    {
        string empty = folder.Write("empty.npz", NpyBytes.Archive(CompressionLevel.Fastest));
        Assert.Equal($"{empty}: it has no arrays; save at least one with numpy.savez.", Assert.Throws<FileEmptyException>(() => NpzFile.Open(empty)).Message);
        string other = folder.Write("other.npz", One);
        Assert.Equal(
            $"{other}: byte 0: it is not an archive of numpy.savez: it is an array of numpy.save; rename it to end in .npy, and read it with NpyClasses.",
            Assert.Throws<FileUnsupportedException>(() => NpzFile.Open(other)).Message);
        string damaged = folder.Write("damaged.npz", new byte[100]);
        Assert.StartsWith($"{damaged}: it is not a valid archive: ", Assert.Throws<FileCorruptException>(() => NpzFile.Open(damaged)).Message, StringComparison.Ordinal);
        string model = folder.Write("model.pt", NpyBytes.Archive(CompressionLevel.NoCompression, ("model/data.pkl", [0x80, 2])));
        Assert.Equal(
            $"{model}: it was written by torch.save; convert it in Python, as with numpy.savez('data.npz', **{{name: x.numpy() for name, x in torch.load(path, weights_only=True).items()}}).",
            Assert.Throws<FileUnsupportedException>(() => NpzFile.Open(model)).Message);
    }

    private void AssertCorrupt(byte[] file, string message)
    {
        string path = folder.Write("data.npz", file);
        Assert.Equal($"{path}: {message}", Assert.Throws<FileCorruptException>(() => NpzFile.Open(path)).Message);
    }
}
