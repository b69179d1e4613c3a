using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Fpe.Quantization;

/// <summary>
/// Multiplies sums by factors without floating point, so that every processor gets the same: (sum · multiplier + 2^(shift−1)) / 2^shift,
/// rounded down.
/// </summary>
/// <param name="Multipliers">One for each row, below 2³¹; negative only if <see cref="OfSigned"/> made them.</param>
/// <param name="Shift">From 1 to 32, so that the result is in the low half of a 64-bit product that was shifted.</param>
internal sealed record FixedPoint(int[] Multipliers, int Shift)
{
    private const int MostShift = 32;

    /// <summary>Returns the most exact multipliers with one shift.</summary>
    /// <param name="factors">A factor for each row, at least 0.</param>
    /// <returns>Null if a factor is 2³⁰ or more.</returns>
    public static FixedPoint? Of(IReadOnlyList<double> factors)
    {
        double largest = factors.DefaultIfEmpty().Max();
        int shift = MostShift;
        while (shift > 0 && Math.Round(Math.ScaleB(largest, shift)) > int.MaxValue)
            shift--;
        return shift == 0 ? null : new([.. factors.Select(factor => (int)Math.Round(Math.ScaleB(factor, shift)))], shift);
    }

    /// <summary>As <see cref="Of"/>, for factors of either sign, for <see cref="Round"/>.</summary>
    public static FixedPoint? OfSigned(IReadOnlyList<double> factors) => Of([.. factors.Select(Math.Abs)]) is { } sizes
        ? sizes with { Multipliers = [.. sizes.Multipliers.Zip(factors, (size, factor) => factor < 0 ? -size : size)] }
        : null;

    /// <summary>Returns a sum of products with multipliers, divided by 2^shift and rounded.</summary>
    public static long Round(long sum, int shift) => (sum + (1L << (shift - 1))) >> shift;

    /// <summary>Returns a sum times a factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Apply(int sum, int multiplier, int shift) => (int)((((long)sum * multiplier) + (1L << (shift - 1))) >> shift);

    /// <summary>Returns sums times factors; for processors with AVX2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Apply(Vector256<int> sums, Vector256<int> multipliers, int shift)
    {
        Vector256<long> half = Vector256.Create(1L << (shift - 1));
        Vector256<long> even = Avx2.Multiply(sums, multipliers) + half;
        Vector256<long> odd = Avx2.Multiply(High(sums), High(multipliers)) + half;
        // The bits that a shift of signed numbers would fill are cut off with the high half.
        return Vector256.ConditionalSelect(
            Vector256.Create(0x00000000_FFFFFFFFL), Vector256.ShiftRightLogical(even, shift), Vector256.ShiftRightLogical(odd, shift) << 32).AsInt32();
    }

    /// <summary>Returns sums times factors; for processors with AVX-512.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Apply(Vector512<int> sums, Vector512<int> multipliers, int shift)
    {
        Vector512<long> half = Vector512.Create(1L << (shift - 1));
        Vector512<long> even = Avx512F.Multiply(sums, multipliers) + half;
        Vector512<long> odd = Avx512F.Multiply(High(sums), High(multipliers)) + half;
        return Vector512.ConditionalSelect(
            Vector512.Create(0x00000000_FFFFFFFFL), Vector512.ShiftRightLogical(even, shift), Vector512.ShiftRightLogical(odd, shift) << 32).AsInt32();
    }

    private static Vector512<int> High(Vector512<int> numbers) => Vector512.ShiftRightLogical(numbers.AsInt64(), 32).AsInt32();

    private static Vector256<int> High(Vector256<int> numbers) => Vector256.ShiftRightLogical(numbers.AsInt64(), 32).AsInt32();
}
