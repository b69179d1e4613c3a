using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Fpe.Quantization;

/// <summary>
/// The product of two panels of 16 samples by dot products of bytes (AVX-VNNI): lanes are samples, half a vector for each panel, and four
/// columns are added at once. Weights are used as tiles store them. The columns of the panels are laid out in fours once for all tiles that
/// share them.
/// </summary>
internal static unsafe class ProductOfQuads
{
    private const int Width = ProductOfPanel.Width;
    private const int RowsAtOnce = 4;

    /// <summary>The bytes of a group of columns of both panels.</summary>
    private const int QuadBytes = IntegerTiles.Group * Width * 2;

    /// <summary>Computes Σ weight · byte for each row of tiles with the same columns.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="columnCount">Their number, a multiple of <see cref="IntegerTiles.Group"/>.</param>
    /// <param name="weights">The weights of the tiles: [tiles, groups of columns, rows of a tile, columns of a group].</param>
    /// <param name="tiles">The number of tiles.</param>
    /// <param name="x">The bytes of the first panel: [values, samples].</param>
    /// <param name="stride">Bytes from it to the second panel; 0 if there is only one, which is then computed twice.</param>
    /// <param name="quads">Room for [groups of columns, quarters of a panel, panels, 4 samples, columns of a group] bytes.</param>
    /// <param name="sums">Receives the sums: [panels, rows of all tiles, samples].</param>
    public static void Run(int* columns, int columnCount, sbyte* weights, int tiles, byte* x, long stride, byte* quads, int* sums)
    {
        LayOut(columns, columnCount, x, stride, quads);
        int groups = columnCount / IntegerTiles.Group, otherSums = tiles * IntegerTiles.Rows * Width;
        for (int tile = 0; tile < tiles; tile++, weights += columnCount * IntegerTiles.Rows)
        {
            for (int row = 0; row < IntegerTiles.Rows; row += RowsAtOnce, sums += RowsAtOnce * Width)
            {
                Rows((int*)weights + row, groups, quads, sums, sums + otherSums);
                Rows((int*)weights + row, groups, quads + (2 * Vector256<byte>.Count), sums + 8, sums + otherSums + 8);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void LayOut(int* columns, int columnCount, byte* x, long stride, byte* quads)
    {
        for (int c = 0; c < columnCount; c += IntegerTiles.Group, quads += QuadBytes)
        {
            Vector256<byte> first = Both(x + (columns[c] * Width), stride), second = Both(x + (columns[c + 1] * Width), stride);
            Vector256<byte> third = Both(x + (columns[c + 2] * Width), stride), fourth = Both(x + (columns[c + 3] * Width), stride);
            Vector256<short> low = Avx2.UnpackLow(first, second).AsInt16(), lowAfter = Avx2.UnpackLow(third, fourth).AsInt16();
            Vector256<short> high = Avx2.UnpackHigh(first, second).AsInt16(), highAfter = Avx2.UnpackHigh(third, fourth).AsInt16();
            Avx2.UnpackLow(low, lowAfter).AsByte().Store(quads);
            Avx2.UnpackHigh(low, lowAfter).AsByte().Store(quads + 32);
            Avx2.UnpackLow(high, highAfter).AsByte().Store(quads + 64);
            Avx2.UnpackHigh(high, highAfter).AsByte().Store(quads + 96);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Both(byte* x, long stride) => Vector256.Create(Vector128.Load(x), Vector128.Load(x + stride));

    // Four rows of half a panel twice: 8 sums, two vectors of samples and a weight are 11 of the 16 registers that these instructions can use.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows(int* weights, int groups, byte* quads, int* sums, int* otherSums)
    {
        Vector256<int> a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
        for (int g = 0; g < groups; g++, weights += IntegerTiles.Rows, quads += QuadBytes)
        {
            Vector256<byte> x = Vector256.Load(quads), y = Vector256.Load(quads + 32);
            Add(weights[0], x, y, ref a0, ref b0);
            Add(weights[1], x, y, ref a1, ref b1);
            Add(weights[2], x, y, ref a2, ref b2);
            Add(weights[3], x, y, ref a3, ref b3);
        }

        Store(a0, b0, sums, otherSums);
        Store(a1, b1, sums + Width, otherSums + Width);
        Store(a2, b2, sums + (2 * Width), otherSums + (2 * Width));
        Store(a3, b3, sums + (3 * Width), otherSums + (3 * Width));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(int weight, Vector256<byte> x, Vector256<byte> y, ref Vector256<int> a, ref Vector256<int> b)
    {
        Vector256<sbyte> weights = Vector256.Create(weight).AsSByte();
        a = IntegerDot.Add(a, x, weights);
        b = IntegerDot.Add(b, y, weights);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<int> a, Vector256<int> b, int* sums, int* otherSums)
    {
        Vector256.Create(a.GetLower(), b.GetLower()).Store(sums);
        Vector256.Create(a.GetUpper(), b.GetUpper()).Store(otherSums);
    }
}
