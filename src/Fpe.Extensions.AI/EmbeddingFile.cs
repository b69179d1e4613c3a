using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Fpe.Extensions.AI;

/// <summary>
/// The format of a file of a cache: eight bytes that identify it, the number of values of an embedding in four, and entries: the key, the
/// values, and the first eight bytes of the SHA-256 of both. All numbers are little-endian.
/// </summary>
internal static class EmbeddingFile
{
    /// <summary>The extension of the files; another format will have another one.</summary>
    public const string Extension = ".embeddings1";

    /// <summary>The position of the first entry.</summary>
    public const int Start = 12;

    private const int CheckLength = 8;

    private static ReadOnlySpan<byte> Signature => "FpeEmbed"u8;

    /// <summary>Returns the number of bytes of an entry.</summary>
    public static int EntryLength(int width) => TextKey.Length + (width * sizeof(float)) + CheckLength;

    /// <summary>Reads the number of values of an embedding; null if the file is damaged.</summary>
    public static int? ReadWidth(ReadOnlySpan<byte> content) =>
        content.Length >= Start && content.StartsWith(Signature) && BinaryPrimitives.ReadInt32LittleEndian(content[8..]) is > 0 and <= 1 << 24 and var width ? width : null;

    /// <summary>Reads an entry; null if it is damaged.</summary>
    public static (TextKey Key, float[] Vector)? ReadEntry(ReadOnlySpan<byte> entry)
    {
        ReadOnlySpan<byte> content = entry[..^CheckLength];
        return entry[^CheckLength..].SequenceEqual(Check(content))
            ? (TextKey.Read(content), MemoryMarshal.Cast<byte, float>(content[TextKey.Length..]).ToArray())
            : null;
    }

    /// <summary>Returns the content of a file.</summary>
    /// <param name="entries">The entries, whose embeddings have the same number of finite values.</param>
    public static byte[] Write(IReadOnlyList<(TextKey Key, float[] Vector)> entries)
    {
        int width = entries[0].Vector.Length;
        int length = EntryLength(width);
        var content = new byte[Start + (entries.Count * length)];
        Signature.CopyTo(content);
        BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(8), width);
        for (int e = 0; e < entries.Count; e++)
        {
            Span<byte> entry = content.AsSpan(Start + (e * length), length);
            entries[e].Key.Write(entry);
            MemoryMarshal.AsBytes(entries[e].Vector.AsSpan()).CopyTo(entry[TextKey.Length..]);
            Check(entry[..^CheckLength]).CopyTo(entry[^CheckLength..]);
        }

        return content;
    }

    private static ReadOnlySpan<byte> Check(ReadOnlySpan<byte> content) => SHA256.HashData(content).AsSpan(0, CheckLength);
}
