namespace Fpe.Checkpoints;

/// <summary>Flags, eight a byte, the lowest bit first: numpy's <c>bitorder='little'</c>. Bits beyond the last flag are 0.</summary>
internal static class PackedBits
{
    /// <summary>Bytes that hold a number of flags.</summary>
    public static long BytesFor(long flags) => (flags + 7) / 8;

    public static bool Get(ReadOnlySpan<byte> bytes, int flag) => (bytes[flag / 8] >> (flag % 8) & 1) != 0;

    public static void Set(Span<byte> bytes, int flag) => bytes[flag / 8] |= (byte)(1 << (flag % 8));

    /// <summary>Whether a bit beyond the last flag is set, which no writer does.</summary>
    public static bool HasStrayBits(ReadOnlySpan<byte> bytes, long flags) => flags % 8 != 0 && bytes[^1] >> (int)(flags % 8) != 0;
}
