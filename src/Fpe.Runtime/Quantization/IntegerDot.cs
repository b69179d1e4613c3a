using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Fpe.Quantization;

/// <summary>Sums of products of pairs of 16-bit numbers, which are exact in 32 bits: bytes times weights fit 16.</summary>
internal static class IntegerDot
{
    /// <summary>The fastest vectors of this processor.</summary>
    public static IntegerVectors Fastest =>
        Vector512.IsHardwareAccelerated && Avx512BW.IsSupported ? IntegerVectors.Bits512
        : Avx2.IsSupported ? IntegerVectors.Bits256
        : IntegerVectors.None;

    /// <summary>Returns sums + a₀ · b₀ + a₁ · b₁ for each pair.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(Vector256<int> sums, Vector256<short> a, Vector256<short> b) =>
        AvxVnni.IsSupported ? AvxVnni.MultiplyWideningAndAdd(sums, a, b) : sums + Avx2.MultiplyAddAdjacent(a, b);

    /// <inheritdoc cref="Add(Vector256{int}, Vector256{short}, Vector256{short})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Add(Vector512<int> sums, Vector512<short> a, Vector512<short> b) => sums + Avx512BW.MultiplyAddAdjacent(a, b);
}
