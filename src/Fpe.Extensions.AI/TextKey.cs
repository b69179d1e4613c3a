using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;

namespace Fpe.Extensions.AI;

/// <summary>The key of an embedding: the SHA-256 of the generator, its options and the text.</summary>
/// <param name="First">The first half.</param>
/// <param name="Second">The second half.</param>
internal readonly record struct TextKey(UInt128 First, UInt128 Second)
{
    /// <summary>The number of bytes.</summary>
    public const int Length = 32;

    /// <summary>Returns the key of a text.</summary>
    public static TextKey Of(string generator, EmbeddingGenerationOptions? options, string text)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string identity = string.Create(CultureInfo.InvariantCulture, $"{generator}\0{options?.ModelId}\0{options?.Dimensions}\0");
        hash.AppendData(Encoding.UTF8.GetBytes(identity));

        // UTF-16, in which every text has bytes of its own: UTF-8 has none for half a surrogate pair.
        hash.AppendData(MemoryMarshal.AsBytes(text.AsSpan()));
        return Read(hash.GetHashAndReset());
    }

    /// <summary>Reads a key.</summary>
    public static TextKey Read(ReadOnlySpan<byte> bytes) => new(MemoryMarshal.Read<UInt128>(bytes), MemoryMarshal.Read<UInt128>(bytes[(Length / 2)..]));

    /// <summary>Writes the key.</summary>
    public void Write(Span<byte> bytes)
    {
        MemoryMarshal.Write(bytes, First);
        MemoryMarshal.Write(bytes[(Length / 2)..], Second);
    }
}
