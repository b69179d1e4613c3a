using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Fpe.Numerics;

namespace Fpe.Compute.Cpu;

/// <summary><see cref="Philox.Block"/> for 8 blocks of a stream at once, one per lane, with the same words.</summary>
internal static class PhiloxLanes
{
    /// <summary>Returns four random 32-bit words per lane.</summary>
    /// <param name="seed">Key.</param>
    /// <param name="stream">Upper half of the counter.</param>
    /// <param name="low">Lower halves of the block numbers.</param>
    /// <param name="high">Upper halves of the block numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<uint> X, Vector256<uint> Y, Vector256<uint> Z, Vector256<uint> W) Block(
        ulong seed, ulong stream, Vector256<uint> low, Vector256<uint> high)
    {
        var (x, y, z, w) = (low, high, Vector256.Create((uint)stream), Vector256.Create((uint)(stream >> 32)));
        (uint key0, uint key1) = ((uint)seed, (uint)(seed >> 32));
        for (int round = 0; round < Philox.Rounds; round++)
        {
            var high0 = MultiplyHigh(x, Philox.Multiplier0);
            var high1 = MultiplyHigh(z, Philox.Multiplier1);
            (x, y, z, w) = (
                high1 ^ y ^ Vector256.Create(key0), z * Vector256.Create(Philox.Multiplier1),
                high0 ^ w ^ Vector256.Create(key1), x * Vector256.Create(Philox.Multiplier0));
            key0 += Philox.Weyl0;
            key1 += Philox.Weyl1;
        }

        return (x, y, z, w);
    }

    /// <summary>Returns the upper 32 bits of the products.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> MultiplyHigh(Vector256<uint> a, uint b)
    {
        if (Avx2.IsSupported)
        {
            var even = Avx2.Multiply(a, Vector256.Create(b)) >>> 32;
            var odd = Avx2.Multiply((a.AsUInt64() >>> 32).AsUInt32(), Vector256.Create(b));
            return Avx2.Blend(even.AsUInt32(), odd.AsUInt32(), 0b10101010);
        }

        (var lower, var upper) = Vector256.Widen(a);
        var factor = Vector256.Create((ulong)b);
        return Vector256.Narrow((lower * factor) >>> 32, (upper * factor) >>> 32);
    }
}
