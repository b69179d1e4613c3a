namespace Fpe.Numerics;

/// <summary>
/// Philox4x32-10, a counter-based random generator (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011): block n of a
/// stream depends only on (seed, stream, n), so elements can be drawn in any order.
/// </summary>
public static class Philox
{
    internal const uint Multiplier0 = 0xD2511F53;
    internal const uint Multiplier1 = 0xCD9E8D57;
    internal const uint Weyl0 = 0x9E3779B9;
    internal const uint Weyl1 = 0xBB67AE85;
    internal const int Rounds = 10;

    /// <summary>Returns four random 32-bit words.</summary>
    /// <param name="seed">Key.</param>
    /// <param name="stream">Upper half of the counter: streams of one seed are independent.</param>
    /// <param name="block">Lower half of the counter.</param>
    public static (uint X, uint Y, uint Z, uint W) Block(ulong seed, ulong stream, ulong block)
    {
        (uint x, uint y, uint z, uint w) = ((uint)block, (uint)(block >> 32), (uint)stream, (uint)(stream >> 32));
        (uint key0, uint key1) = ((uint)seed, (uint)(seed >> 32));
        for (int round = 0; round < Rounds; round++)
        {
            ulong product0 = (ulong)Multiplier0 * x;
            ulong product1 = (ulong)Multiplier1 * z;
            (x, y, z, w) = ((uint)(product1 >> 32) ^ y ^ key0, (uint)product1, (uint)(product0 >> 32) ^ w ^ key1, (uint)product0);
            key0 += Weyl0;
            key1 += Weyl1;
        }

        return (x, y, z, w);
    }

    /// <summary>Returns element <paramref name="index"/> of a stream: word index mod 4 of block index / 4.</summary>
    public static uint Word(ulong seed, ulong stream, ulong index)
    {
        (uint x, uint y, uint z, uint w) = Block(seed, stream, index >> 2);
        return (index & 3) switch { 0 => x, 1 => y, 2 => z, _ => w };
    }

    /// <summary>Converts a word to a uniform number in [0, 1): a multiple of 2⁻²⁴, exact in single precision.</summary>
    public static float Uniform(uint word) => (word >> 8) * (1f / (1 << 24));
}
