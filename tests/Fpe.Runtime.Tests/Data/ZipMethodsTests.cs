using System.Buffers.Binary;
using System.IO.Compression;
using Fpe.Data.Files;
using Fpe.Fuzz.Formats;

namespace Fpe.Runtime.Tests.Data;

public sealed class ZipMethodsTests
{
    private static readonly byte[] Archive = Create();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 8)]
    [InlineData(2, 0x0101)]
    [InlineData(3, null)]
    [InlineData(-1, null)]
    public void The_method_of_each_entry_is_that_of_the_directory(int entry, int? method)
    {
        Assert.Equal(method, ZipMethods.Of(new MemoryStream(Archive), entry));
        Assert.Equal(method, ZipMethods.Of(new MemoryStream(WithComment("a comment of the archive, PK")), entry));
        Assert.Equal(method, ZipMethods.Of(new MemoryStream(WithComment(new string('c', ushort.MaxValue))), entry));
    }

    [Fact]
    public void What_is_damaged_has_none()
    {
        Assert.Null(ZipMethods.Of(new MemoryStream([]), 0));
        Assert.Null(ZipMethods.Of(new MemoryStream(new byte[100]), 0));
        for (int length = 0; length < Archive.Length; length++)
            Assert.Null(ZipMethods.Of(new MemoryStream(Archive[..length]), 0));
        byte[] damaged = [.. Archive];
        damaged[damaged.AsSpan().IndexOf("PK\u0001\u0002"u8)] = 0;
        Assert.Null(ZipMethods.Of(new MemoryStream(damaged), 0));
        damaged = [.. Archive];
        BinaryPrimitives.WriteUInt32LittleEndian(damaged.AsSpan(damaged.Length - 6), uint.MaxValue);
        Assert.Null(ZipMethods.Of(new MemoryStream(damaged), 0));
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "shrinking")]
    [InlineData(2, "reducing")]
    [InlineData(5, "reducing")]
    [InlineData(6, "imploding")]
    [InlineData(8, null)]
    [InlineData(12, "bzip2")]
    [InlineData(14, "LZMA")]
    [InlineData(93, "zstd")]
    [InlineData(95, "xz")]
    [InlineData(98, "PPMd")]
    [InlineData(99, null)]
    public void Methods_have_names_unless_they_are_read(int method, string? name) => Assert.Equal(name, ZipMethods.NameOf(method));

    /// <summary>Three entries with names of other lengths, extra fields and comments, the last with a method of two bytes.</summary>
    private static byte[] Create()
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            foreach ((string name, CompressionLevel level) in new[] { ("a", CompressionLevel.NoCompression), ("longer name", CompressionLevel.Optimal), ("c.npy", CompressionLevel.NoCompression) })
            {
                ZipArchiveEntry entry = archive.CreateEntry(name, level);
                entry.Comment = new string('x', 3 * name.Length);
                using Stream stream = entry.Open();
                stream.Write(new byte[300]);
            }
        }

        // an extra field of five bytes behind the name of the first line of the directory
        byte[] file = bytes.ToArray();
        int line = file.AsSpan().IndexOf("PK\u0001\u0002"u8), end = file.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        byte[] longer = [.. file[..(line + 47)], 0xFE, 0xCA, 1, 0, 7, .. file[(line + 47)..]];
        longer[line + 30] = 5;
        BinaryPrimitives.WriteInt32LittleEndian(longer.AsSpan(end + 5 + 12), end + 5 - line);
        NpyBytes.SetMethod(longer, entry: 2, method: 1);
        longer[longer.AsSpan().LastIndexOf("PK\u0001\u0002"u8) + 11] = 1;
        return longer;
    }

    private static byte[] WithComment(string comment)
    {
        byte[] file = [.. Archive, .. System.Text.Encoding.ASCII.GetBytes(comment)];
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(Archive.Length - 2), (ushort)comment.Length);
        return file;
    }
}
