using System.IO.Compression;

namespace Fpe.Fuzz.Formats;

/// <summary>Compressed files.</summary>
public static class Gzip
{
    /// <summary>Compresses.</summary>
    public static byte[] Pack(byte[] content) => Pack(content, CompressionLevel.Fastest);

    /// <summary>Compresses, quickly or well.</summary>
    public static byte[] Pack(byte[] content, CompressionLevel level)
    {
        using var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, level))
            stream.Write(content);
        return packed.ToArray();
    }

    /// <summary>Compresses in members of a few bytes, with zeros between and behind some of them.</summary>
    public static byte[] PackInMembers(byte[] content) =>
        [.. content.Chunk(7).SelectMany((piece, number) => (byte[])[.. Pack(piece), .. new byte[number % 3]])];

    /// <summary>
    /// The most that readers take from a compressed file: 1 MiB, or 128 times its length where that is more, and never more than
    /// the 1032 times to which the format can expand.
    /// </summary>
    public static long MaximumContent(long length) => Math.Min(1032 * length, Math.Max(1 << 20, 128 * length));
}
