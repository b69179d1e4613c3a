using System.Buffers.Binary;

namespace Fpe.Data.Files;

/// <summary>
/// The compression methods of the entries of a zip archive, which the runtime reads but does not expose (PKWARE, .ZIP File Format
/// Specification, sections 4.3.12, 4.3.16 and 4.4.5).
/// </summary>
internal static class ZipMethods
{
    private const int EndLength = 22, EntryLength = 46;

    private static ReadOnlySpan<byte> End => "PK\u0005\u0006"u8;

    private static ReadOnlySpan<byte> Entry => "PK\u0001\u0002"u8;

    /// <summary>
    /// Returns the method of an entry according to the archive's directory; null if the directory is damaged or not supported here.
    /// </summary>
    /// <param name="stream">The archive.</param>
    /// <param name="entry">The index of the entry in the directory.</param>
    public static int? Of(Stream stream, int entry)
    {
        // A comment of at most 64 KiB follows the end record.
        var end = new byte[(int)Math.Min(stream.Length, EndLength + ushort.MaxValue)];
        stream.Position = stream.Length - end.Length;
        stream.ReadExactly(end);
        int at = end.AsSpan(0, Math.Max(0, end.Length - EndLength + sizeof(uint))).LastIndexOf(End);
        if (at < 0)
            return null;

        long place = BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(at + 16));
        Span<byte> header = stackalloc byte[EntryLength];
        for (; place <= stream.Length - EntryLength; entry--)
        {
            stream.Position = place;
            stream.ReadExactly(header);
            if (!header.StartsWith(Entry))
                return null;
            if (entry == 0)
                return BinaryPrimitives.ReadUInt16LittleEndian(header[10..]);
            place += EntryLength + BinaryPrimitives.ReadUInt16LittleEndian(header[28..])
                + BinaryPrimitives.ReadUInt16LittleEndian(header[30..]) + BinaryPrimitives.ReadUInt16LittleEndian(header[32..]);
        }

        return null;
    }

    /// <summary>Returns the name of a method that the runtime does not support; null for supported and unknown methods.</summary>
    public static string? NameOf(int method) => method switch
    {
        1 => "shrinking",
        >= 2 and <= 5 => "reducing",
        6 => "imploding",
        12 => "bzip2",
        14 => "LZMA",
        93 => "zstd",
        95 => "xz",
        98 => "PPMd",
        _ => null,
    };
}
