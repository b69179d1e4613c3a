namespace Fpe.Data.Text;

/// <summary>
/// A hash of bytes that is the same on every machine and in every version: FNV-1a of 64 bits, and a number below a limit that is made of
/// it. docs/data.md states it with test vectors.
/// </summary>
internal static class StableHash
{
    /// <summary>The hash of no bytes.</summary>
    public const ulong Start = 0xCBF29CE484222325;

    private const ulong Prime = 0x100000001B3;

    /// <summary>Returns the hash of the bytes so far and another one.</summary>
    public static ulong Add(ulong hash, byte value) => (hash ^ value) * Prime;

    /// <summary>
    /// Returns a number from 0 to <paramref name="count"/> − 1. The last bytes have hardly reached the high bits of FNV-1a, so the bits are
    /// mixed first (the finaliser of MurmurHash3); then it is ⌊hash · count / 2⁶⁴⌋.
    /// </summary>
    public static int Below(ulong hash, int count)
    {
        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCD;
        hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53;
        return (int)Math.BigMul(hash ^ (hash >> 33), (ulong)count, out _);
    }
}
