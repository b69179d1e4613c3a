using System.IO.Compression;
using Fpe.Data.Files;
using Fpe.Fuzz.Formats;

namespace Fpe.Runtime.Tests.Data;

/// <summary>How much content is taken from a compressed file, and what is said of a file that fails while it is read.</summary>
public sealed class ContentStreamTests
{
    private const string TooMuch = "it expands to more than 128 times its size; if that is intended, decompress it first and read the plain file.";

    [Theory]
    [InlineData(0, 1 << 20)]
    [InlineData(8_192, 1 << 20)]
    [InlineData(8_193, 128 * 8_193)]
    [InlineData(20_000, 128 * 20_000)]
    public void Content_may_be_128_times_the_file_and_always_a_MiB(int length, int most)
    {
        Assert.Equal(most, Read(Compressed(most, length)).Length);
        var error = Assert.Throws<FileOversizedException>(() => Read(Compressed(most + 1, length)));
        Assert.Equal($"x.gz: byte {most + 1}: {TooMuch}", error.Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(512)]
    [InlineData(4_096)]
    [InlineData(4_097)]
    [InlineData(30_000)]
    public void A_look_at_the_beginning_takes_nothing_away(int length)
    {
        byte[] content = [.. Enumerable.Range(0, length).Select(i => (byte)(i * 7))];
        using var stream = ContentStream.Decompress("x.gz", new MemoryStream(Gzip.Pack(content)));
        Assert.Equal(content.Take(512), stream.Peek().ToArray());
        Assert.Equal(0, stream.Read([]));
        Assert.Equal(content, stream.ReadToEnd().Span.ToArray());
        Assert.Equal(0, stream.Read(new byte[1]));
    }

    [Fact]
    public void A_file_without_bytes_is_empty() => Assert.Equal(
        "x.gz: it has no bytes; fetch it again.", Assert.Throws<FileEmptyException>(() => Read([])).Message);

    [Fact]
    public void A_disk_that_fails_is_named_with_the_byte()
    {
        var content = new byte[100_000];
        new Random(1).NextBytes(content);
        using var stream = ContentStream.Decompress("x.gz", new FailingStream(Gzip.Pack(content), failsAt: 60_000));
        string message = Assert.Throws<FileUnreadableException>(() => stream.ReadToEnd()).Message;
        Assert.Matches("^x.gz: byte [1-9][0-9]{4}: it cannot be read: The disk failed.$", message);
    }

    [Theory]
    [InlineData("x.gz", true)]
    [InlineData("x.GZ", true)]
    [InlineData("x.gzip", false)]
    [InlineData("gz", false)]
    public void A_name_says_whether_a_file_is_compressed(string path, bool isCompressed) => Assert.Equal(isCompressed, ContentStream.IsCompressed(path));

    [Fact]
    public void It_can_be_read_forwards_alone()
    {
        using var stream = ContentStream.Decompress("x.gz", new MemoryStream(Gzip.Pack([1, 2, 3])));
        Assert.Equal((true, false, false), (stream.CanRead, stream.CanSeek, stream.CanWrite));
        var buffer = new byte[4];
        Assert.Equal(2, stream.Read(buffer, 1, 2));
        Assert.Equal([0, 1, 2, 0], buffer);
    }

    [Fact]
    public void The_file_is_closed_with_its_content()
    {
        var file = new MemoryStream(Gzip.Pack([1]));
        ContentStream.Decompress("x.gz", file).Dispose();
        Assert.False(file.CanRead);
    }

    private static byte[] Read(byte[] file)
    {
        using var stream = ContentStream.Decompress("x.gz", new MemoryStream(file));
        return stream.ReadToEnd().Span.ToArray();
    }

    /// <summary>Zeros, compressed well, in a file that zeros behind them make as long as it has to be.</summary>
    private static byte[] Compressed(int content, int length)
    {
        byte[] packed = Gzip.Pack(new byte[content], CompressionLevel.SmallestSize);
        return [.. packed, .. new byte[Math.Max(0, length - packed.Length)]];
    }

    private sealed class FailingStream(byte[] content, int failsAt) : MemoryStream(content)
    {
        public override int Read(byte[] buffer, int offset, int count) =>
            Position + count > failsAt ? throw new IOException("The disk failed.") : base.Read(buffer, offset, count);
    }
}
