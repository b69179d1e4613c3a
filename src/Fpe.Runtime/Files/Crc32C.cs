using System.Numerics;
using System.Runtime.InteropServices;

namespace Fpe.Files;

/// <summary>
/// CRC-32C (Castagnoli et al., "Optimization of cyclic redundancy-check codes", 1993; RFC 3720), computed incrementally. It detects any
/// damage of up to 32 adjacent bits, and all but one in 2³² of other errors; it does not protect against forgery.
/// </summary>
internal struct Crc32C()
{
    private uint state = uint.MaxValue;

    /// <summary>The checksum of all bytes added so far.</summary>
    public readonly uint Value => ~state;

    /// <summary>Adds bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words)
            state = BitOperations.Crc32C(state, word);
        foreach (byte rest in bytes[(words.Length * sizeof(ulong))..])
            state = BitOperations.Crc32C(state, rest);
    }
}
