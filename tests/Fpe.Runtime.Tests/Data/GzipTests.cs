using System.Text;
using Fpe.Data;
using Fpe.Data.Files;
using Fpe.Fuzz.Formats;

namespace Fpe.Runtime.Tests.Data;

/// <summary>Files whose names end in .gz: what gzip and its relatives write, and what only has that name.</summary>
public sealed class GzipTests : IDisposable
{
    private static readonly byte[] First = Gzip.Pack("1,2,0\n"u8.ToArray()), Second = Gzip.Pack("3,4,1\n"u8.ToArray());

    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Several_members_are_one_content()
    {
        Assert.Equal([1, 2, 3, 4], Read([.. First, .. Second]).Features!);
        byte[] empty = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        Assert.Equal([1, 2, 3, 4], Read([.. empty, .. First, .. empty, .. empty, .. Second, .. empty]).Features!);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(20_000)]
    public void Zeros_between_and_behind_members_are_padding(int count)
    {
        var zeros = new byte[count];
        Assert.Equal([1, 2], Read([.. First, .. zeros]).Features!);
        Assert.Equal([1, 2, 3, 4], Read([.. First, .. zeros, .. Second, .. zeros]).Features!);
    }

    [Fact]
    public void Members_longer_than_what_is_read_at_once_end_where_they_end()
    {
        // no two members of one length, and content that hardly shrinks: ends fall anywhere in the pieces that are read
        var random = new Random(1);
        var packed = new List<byte>();
        var expected = new List<float>();
        for (int member = 0; member < 40; member++)
        {
            int[] values = [.. Enumerable.Range(0, 2 * (200 + (member * 37))).Select(_ => random.Next(1_000_000))];
            packed.AddRange(Gzip.Pack(Encoding.ASCII.GetBytes(string.Concat(values.Chunk(2).Select(pair => $"{pair[0]},{pair[1]},1\n")))));
            expected.AddRange(values.Select(value => (float)value));
        }

        Assert.Equal([.. expected], Read([.. packed]).Features!);
    }

    [Fact]
    public void All_fields_of_a_header_are_skipped()
    {
        byte[] header = [0x1F, 0x8B, 8, 0x1E, 1, 2, 3, 4, 0, 3, 3, 0, 7, 8, 9, .. "name\0comment\0"u8];
        var checksum = new Crc32();
        checksum.Add(header);
        byte[] whole = [.. header, (byte)checksum.Value, (byte)(checksum.Value >> 8), .. First[10..]];
        Assert.Equal([1, 2], Read(whole).Features!);

        byte[] longExtra = [0x1F, 0x8B, 8, 4, 1, 2, 3, 4, 0, 3, 2, 1, .. new byte[258], .. First[10..]];
        Assert.Equal([1, 2], Read(longExtra).Features!);

        whole[12] ^= 1;
        AssertError<FileCorruptException>(whole, "byte 0: the checksum of the header is wrong; fetch the file again.");
        for (int length = 1; length < whole.Length; length++)
            Assert.ThrowsAny<DataFileException>(() => Read(whole[..length]));
    }

    [Fact]
    public void Damage_in_any_member_is_found()
    {
        byte[] whole = [.. First, .. Second];
        byte[] checksum = [.. whole];
        checksum[First.Length - 8] ^= 1;
        AssertError<FileCorruptException>(checksum, "byte 6: the checksum of the content is 0x", "which differs from that in the file; fetch it again.");
        checksum = [.. whole];
        checksum[^8] ^= 1;
        AssertError<FileCorruptException>(checksum, "byte 12: the checksum of the content is 0x", "which differs from that in the file; fetch it again.");

        AssertError<FileTruncatedException>(whole[..(First.Length - 1)], "byte 6: the compressed file ends within its content; fetch it again.");
        AssertError<FileTruncatedException>(whole[..^1], "byte 12: the compressed file ends within its content; fetch it again.");
        AssertError<FileTruncatedException>(whole[..(First.Length + 1)], "byte 6: the file ends before the compressed content begins; fetch it again.");
        AssertError<FileCorruptException>([.. whole, .. "more"u8], "byte 12: data that is not compressed follows the compressed content; fetch the file again.");
        AssertError<FileUnsupportedException>([0x1F, 0x8B, 7, .. First[3..]], "byte 0: method 7 with flags 0x00 is not supported, only method 8 of gzip; compress it with gzip.");
    }

    [Theory]
    [InlineData("1,2,0\n3,4,1\n", "plain text; remove .gz from its name.")]
    [InlineData("<!DOCTYPE html><html><body>503 Service Unavailable</body></html>", "a web page (HTML or XML), which a server sent instead of the file; open it to see what is wrong, and fetch the file itself.")]
    [InlineData("\n  <HTML>", "a web page (HTML or XML), which a server sent instead of the file; open it to see what is wrong, and fetch the file itself.")]
    [InlineData("PK\u0003\u0004...", "a zip archive; unpack it; an archive of numpy.savez is read with NpyClasses.ReadNpz.")]
    [InlineData("BZh91AY", "a bzip2 file; decompress it first.")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid", "a Git LFS pointer instead of the file; get the file with 'git lfs pull'.")]
    public void What_only_has_the_name_is_called_what_it_is(string content, string problem) =>
        AssertError<FileUnsupportedException>(Encoding.ASCII.GetBytes(content), $"byte 0: its name ends in .gz, but it is {problem}");

    [Fact]
    public void Damaged_compression_is_named_with_the_byte() =>
        AssertError<FileCorruptException>([.. First, .. First[..10], 0xFF, 0xFF, .. Second], "byte 6: the compression is damaged: ", " Fetch the file again.");

    [Theory]
    [InlineData("0000080100")]
    [InlineData("018B080000")]
    [InlineData("1F00080000")]
    public void Other_bytes_may_be_damaged_or_not_compressed(string hex) =>
        AssertError<FileCorruptException>(Convert.FromHexString(hex), "byte 0: its name ends in .gz, but it does not begin like a gzip file; if it is not compressed, remove .gz from its name; otherwise, fetch it again.");

    private Dataset Read(byte[] content) => CsvClasses.Read(folder.Write("d.csv.gz", content), 2, 2);

    private void AssertError<TException>(byte[] content, string start, string end = "")
        where TException : DataFileException
    {
        string message = Assert.Throws<TException>(() => Read(content)).Message;
        Assert.StartsWith($"{folder.PathOf("d.csv.gz")}: {start}", message, StringComparison.Ordinal);
        Assert.EndsWith(end, message, StringComparison.Ordinal);
    }
}
