using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Fpe.Quantization;

/// <summary>
/// The product of panels of 16 samples with sparse rows: lanes are samples. The two columns of a pair are interleaved when they are used, since
/// hardly any other row has the same pair.
/// </summary>
internal static unsafe class ProductOfPairs
{
    private const int Width = ProductOfPanel.Width;

    /// <summary>Writes the bytes of one or two panels as 16-bit numbers, which <see cref="Run"/> reads: [values, panels, samples].</summary>
    /// <param name="x">The bytes of the first panel: [values, samples].</param>
    /// <param name="stride">The number of its values.</param>
    /// <param name="values">The number of values that are read.</param>
    /// <param name="panels">1 or 2.</param>
    /// <param name="words">Receives the numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Widen(byte* x, int stride, int values, int panels, short* words)
    {
        for (int panel = 0; panel < panels; panel++, x += (long)stride * Width, words += Width)
        {
            for (int v = 0; v < values; v++)
                Avx2.ConvertToVector256Int16(Vector128.Load(x + (v * Width))).Store(words + ((long)v * panels * Width));
        }
    }

    /// <summary>Computes Σ weight · byte for the rows of a tile.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="tile">Which of its tiles.</param>
    /// <param name="panels">The number of panels: 1 with vectors of 256 bits, 2 with those of 512.</param>
    /// <param name="words">What <see cref="Widen"/> wrote.</param>
    /// <param name="sums">Receives the sums: [panels, rows of a tile, samples].</param>
    public static void Run(SparseRows rows, int tile, int panels, short* words, int* sums)
    {
        fixed (int* starts = &rows.Starts[tile * IntegerTiles.Rows])
        fixed (int* offsets = rows.Offsets)
        fixed (short* weights = rows.Weights)
        {
            if (panels == 1)
                Rows256(starts, offsets, weights, words, sums);
            else
                Rows512(starts, offsets, weights, words, sums);
        }
    }

    /// <summary>The same in plain loops, over the bytes themselves: the reference.</summary>
    public static void Plain(SparseRows rows, int tile, byte* x, int* sums)
    {
        new Span<int>(sums, IntegerTiles.Rows * Width).Clear();
        for (int row = 0; row < IntegerTiles.Rows; row++, sums += Width)
        {
            int first = (tile * IntegerTiles.Rows) + row;
            for (int edge = 2 * rows.Starts[first]; edge < 2 * rows.Starts[first + 1]; edge++)
            {
                for (int sample = 0; sample < Width; sample++)
                    sums[sample] += rows.Weights[edge] * x[rows.Offsets[edge] + sample];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows256(int* starts, int* offsets, short* weights, short* x, int* sums)
    {
        for (int row = 0; row < IntegerTiles.Rows; row++, sums += Width)
        {
            Vector256<int> a = default, b = default, c = default, d = default;
            int pair = starts[row], end = starts[row + 1];
            for (; pair + 1 < end; pair += 2)
            {
                Add(offsets, weights, pair, x, ref a, ref b);
                Add(offsets, weights, pair + 1, x, ref c, ref d);
            }

            if (pair < end)
                Add(offsets, weights, pair, x, ref a, ref b);
            InOrder(a + c, b + d, sums);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(int* offsets, short* weights, int pair, short* x, ref Vector256<int> low, ref Vector256<int> high)
    {
        Vector256<short> both = Vector256.Create(*(int*)(weights + (2 * pair))).AsInt16();
        Vector256<short> first = Vector256.Load(x + offsets[2 * pair]), second = Vector256.Load(x + offsets[(2 * pair) + 1]);
        low = IntegerDot.Add(low, Avx2.UnpackLow(first, second), both);
        high = IntegerDot.Add(high, Avx2.UnpackHigh(first, second), both);
    }

    // Interleaving works on halves: the low sums are those of samples 0 to 3 and 8 to 11.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void InOrder(Vector256<int> low, Vector256<int> high, int* sums)
    {
        Avx2.Permute2x128(low, high, 0x20).Store(sums);
        Avx2.Permute2x128(low, high, 0x31).Store(sums + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows512(int* starts, int* offsets, short* weights, short* x, int* sums)
    {
        int* otherSums = sums + (IntegerTiles.Rows * Width);
        for (int row = 0; row < IntegerTiles.Rows; row++, sums += Width, otherSums += Width)
        {
            Vector512<int> a = default, b = default, c = default, d = default;
            int pair = starts[row], end = starts[row + 1];
            for (; pair + 1 < end; pair += 2)
            {
                Add(offsets, weights, pair, x, ref a, ref b);
                Add(offsets, weights, pair + 1, x, ref c, ref d);
            }

            if (pair < end)
                Add(offsets, weights, pair, x, ref a, ref b);
            Vector512<int> low = a + c, high = b + d;
            InOrder(low.GetLower(), high.GetLower(), sums);
            InOrder(low.GetUpper(), high.GetUpper(), otherSums);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(int* offsets, short* weights, int pair, short* x, ref Vector512<int> low, ref Vector512<int> high)
    {
        Vector512<short> both = Vector512.Create(*(int*)(weights + (2 * pair))).AsInt16();
        // A column has the samples of two panels, and an offset counts those of one: as integers they are as many bytes.
        Vector512<short> first = Vector512.Load((short*)((int*)x + offsets[2 * pair])), second = Vector512.Load((short*)((int*)x + offsets[(2 * pair) + 1]));
        low = IntegerDot.Add(low, Avx512BW.UnpackLow(first, second), both);
        high = IntegerDot.Add(high, Avx512BW.UnpackHigh(first, second), both);
    }
}
