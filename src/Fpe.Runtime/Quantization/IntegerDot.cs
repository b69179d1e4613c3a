using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Fpe.Quantization;

/// <summary>Sums of products of neighbours, which are exact in 32 bits: a byte times a weight fits 16.</summary>
internal static class IntegerDot
{
    /// <summary>The vectors of this processor, the fastest last.</summary>
    public static IReadOnlyList<IntegerVectors> Supported { get; } = [.. Enum.GetValues<IntegerVectors>().Where(vectors => vectors switch
    {
        IntegerVectors.None => true,
        IntegerVectors.Bits256 => Avx2.IsSupported,
        IntegerVectors.Bits256OfBytes => AvxVnni.IsSupported,
        IntegerVectors.Bits512 => Has512Bits,
        IntegerVectors.Bits512OfBytes => Has512Bits && AvxVnni.IsSupported,
        _ => throw Unknown(vectors),
    })];

    /// <summary>The fastest vectors of this processor.</summary>
    public static IntegerVectors Fastest => Supported[^1];

    private static bool Has512Bits => Vector512.IsHardwareAccelerated && Avx512BW.IsSupported;

    /// <summary>Whether vectors have 512 bits.</summary>
    public static bool Are512Bits(this IntegerVectors vectors) => vectors is IntegerVectors.Bits512 or IntegerVectors.Bits512OfBytes;

    /// <summary>Whether products are those of bytes.</summary>
    public static bool MultiplyBytes(this IntegerVectors vectors) => vectors is IntegerVectors.Bits256OfBytes or IntegerVectors.Bits512OfBytes;

    /// <summary>Returns sums + a₀ · b₀ + a₁ · b₁ for each pair.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(Vector256<int> sums, Vector256<short> a, Vector256<short> b) =>
        AvxVnni.IsSupported ? AvxVnni.MultiplyWideningAndAdd(sums, a, b) : sums + Avx2.MultiplyAddAdjacent(a, b);

    /// <inheritdoc cref="Add(Vector256{int}, Vector256{short}, Vector256{short})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Add(Vector512<int> sums, Vector512<short> a, Vector512<short> b) => sums + Avx512BW.MultiplyAddAdjacent(a, b);

    /// <summary>Returns sums + a₀ · b₀ + … + a₃ · b₃ for each four: AVX-VNNI.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(Vector256<int> sums, Vector256<byte> a, Vector256<sbyte> b) => AvxVnni.MultiplyWideningAndAdd(sums, a, b);

    /// <summary>The error for vectors that a product does not know.</summary>
    public static ArgumentOutOfRangeException Unknown(IntegerVectors vectors) => new(nameof(vectors), vectors, "Unknown vectors.");
}
