namespace Fpe.Checkpoints;

/// <summary>Flags, eight per byte, lowest bit first: numpy's <c>bitorder='little'</c>. Bits beyond the last flag are 0.</summary>
internal static class PackedBits
{
    /// <summary>Returns the number of bytes for a number of flags.</summary>
    public static long BytesFor(long flags) => (flags + 7) / 8;

    public static bool Get(ReadOnlySpan<byte> bytes, int flag) => (bytes[flag / 8] >> (flag % 8) & 1) != 0;

    public static void Set(Span<byte> bytes, int flag) => bytes[flag / 8] |= (byte)(1 << (flag % 8));

    /// <summary>Returns whether a bit beyond the last flag is set, which a valid file never has.</summary>
    public static bool HasStrayBits(ReadOnlySpan<byte> bytes, long flags) => flags % 8 != 0 && bytes[^1] >> (int)(flags % 8) != 0;
}
