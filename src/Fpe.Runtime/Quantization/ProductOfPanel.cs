using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Fpe.Quantization;

/// <summary>
/// The product of panels of 16 samples, whose bytes lie value by value: lanes are samples. Tiles that share columns are computed together: their
/// weights are widened once for all panels, and the columns of a panel are laid out in pairs once for all rows.
/// </summary>
internal static unsafe class ProductOfPanel
{
    /// <summary>Samples of a panel.</summary>
    public const int Width = 16;

    /// <summary>The most panels that are computed together.</summary>
    public const int PanelsAtOnce = 2;

    private const int RowsAtOnce = 8;

    /// <summary>
    /// Computes Σ weight · byte for each row of one run of tiles with the same columns, for one or two panels: with 512 bits, a weight that was
    /// loaded serves both.
    /// </summary>
    /// <param name="vectors">The vectors to use.</param>
    /// <param name="columns">The columns of the run.</param>
    /// <param name="columnCount">Their number, which is even.</param>
    /// <param name="weights">The widened weights: [rows, columns].</param>
    /// <param name="rows">The number of rows, a multiple of <see cref="IntegerTiles.Rows"/>.</param>
    /// <param name="x">The bytes of the first panel: [values, samples].</param>
    /// <param name="xStride">Bytes from one panel to the next.</param>
    /// <param name="panels">1 or 2.</param>
    /// <param name="pairs">Room for [panels, columns / 2, samples, 2] numbers.</param>
    /// <param name="sums">Receives the sums: [panels, rows, samples].</param>
    public static void Run(
        IntegerVectors vectors, int* columns, int columnCount, short* weights, int rows, byte* x, long xStride, int panels, short* pairs, int* sums)
    {
        if (vectors == IntegerVectors.Bits512 && panels == PanelsAtOnce)
        {
            Pair(columns, columnCount, x, pairs);
            Pair(columns, columnCount, x + xStride, pairs + (columnCount * Width));
            RowsOfTwo(columnCount, weights, rows, pairs, sums);
            return;
        }

        for (int panel = 0; panel < panels; panel++, x += xStride, sums += rows * Width)
        {
            switch (vectors)
            {
                case IntegerVectors.Bits512:
                    Pair(columns, columnCount, x, pairs);
                    Rows512(columnCount, weights, rows, pairs, sums);
                    break;
                case IntegerVectors.Bits256:
                    Pair(columns, columnCount, x, pairs);
                    Rows256(columnCount, weights, rows, pairs, sums);
                    break;
                case IntegerVectors.None:
                    Plain(columns, columnCount, weights, rows, x, sums);
                    break;
                default:
                    throw IntegerDot.Unknown(vectors);
            }
        }
    }

    /// <summary>Writes the weights of a run of tiles as 16-bit numbers: [rows, columns].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Widen(sbyte* weights, int tiles, int columnCount, short* widened)
    {
        for (int tile = 0; tile < tiles; tile++)
        {
            for (int group = 0; group < columnCount / IntegerTiles.Group; group++)
            {
                for (int row = 0; row < IntegerTiles.Rows; row++)
                {
                    short* to = widened + (((tile * IntegerTiles.Rows) + row) * columnCount) + (group * IntegerTiles.Group);
                    for (int c = 0; c < IntegerTiles.Group; c++)
                        to[c] = *weights++;
                }
            }
        }
    }

    private static void Plain(int* columns, int columnCount, short* weights, int rows, byte* x, int* sums)
    {
        new Span<int>(sums, rows * Width).Clear();
        for (int row = 0; row < rows; row++)
        {
            for (int c = 0; c < columnCount; c++)
            {
                for (int sample = 0; sample < Width; sample++)
                    sums[(row * Width) + sample] += weights[(row * columnCount) + c] * x[(columns[c] * Width) + sample];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pair(int* columns, int columnCount, byte* x, short* pairs)
    {
        for (int c = 0; c < columnCount; c += 2, pairs += 2 * Width)
        {
            Vector128<byte> first = Vector128.Load(x + (columns[c] * Width)), second = Vector128.Load(x + (columns[c + 1] * Width));
            Avx2.ConvertToVector256Int16(Sse2.UnpackLow(first, second)).Store(pairs);
            Avx2.ConvertToVector256Int16(Sse2.UnpackHigh(first, second)).Store(pairs + Width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows512(int columnCount, short* weights, int rows, short* pairs, int* sums)
    {
        for (int row = 0; row < rows; row += RowsAtOnce, sums += RowsAtOnce * Width)
        {
            short* w0 = weights + (row * columnCount), w1 = w0 + columnCount, w2 = w1 + columnCount, w3 = w2 + columnCount;
            short* w4 = w3 + columnCount, w5 = w4 + columnCount, w6 = w5 + columnCount, w7 = w6 + columnCount;
            Vector512<int> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
            for (int c = 0; c < columnCount; c += 2)
            {
                Vector512<short> x = Vector512.Load(pairs + (c * Width));
                s0 = IntegerDot.Add(s0, x, Vector512.Create(*(int*)(w0 + c)).AsInt16());
                s1 = IntegerDot.Add(s1, x, Vector512.Create(*(int*)(w1 + c)).AsInt16());
                s2 = IntegerDot.Add(s2, x, Vector512.Create(*(int*)(w2 + c)).AsInt16());
                s3 = IntegerDot.Add(s3, x, Vector512.Create(*(int*)(w3 + c)).AsInt16());
                s4 = IntegerDot.Add(s4, x, Vector512.Create(*(int*)(w4 + c)).AsInt16());
                s5 = IntegerDot.Add(s5, x, Vector512.Create(*(int*)(w5 + c)).AsInt16());
                s6 = IntegerDot.Add(s6, x, Vector512.Create(*(int*)(w6 + c)).AsInt16());
                s7 = IntegerDot.Add(s7, x, Vector512.Create(*(int*)(w7 + c)).AsInt16());
            }

            s0.Store(sums);
            s1.Store(sums + Width);
            s2.Store(sums + (2 * Width));
            s3.Store(sums + (3 * Width));
            s4.Store(sums + (4 * Width));
            s5.Store(sums + (5 * Width));
            s6.Store(sums + (6 * Width));
            s7.Store(sums + (7 * Width));
        }
    }

    // Eight rows of two panels: 16 sums, two vectors of samples and a weight are 19 of 32 registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RowsOfTwo(int columnCount, short* weights, int rows, short* pairs, int* sums)
    {
        short* others = pairs + (columnCount * Width);
        int* otherSums = sums + (rows * Width);
        for (int row = 0; row < rows; row += RowsAtOnce, sums += RowsAtOnce * Width, otherSums += RowsAtOnce * Width)
        {
            short* w0 = weights + (row * columnCount), w1 = w0 + columnCount, w2 = w1 + columnCount, w3 = w2 + columnCount;
            short* w4 = w3 + columnCount, w5 = w4 + columnCount, w6 = w5 + columnCount, w7 = w6 + columnCount;
            Vector512<int> a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default, a6 = default, a7 = default;
            Vector512<int> b0 = default, b1 = default, b2 = default, b3 = default, b4 = default, b5 = default, b6 = default, b7 = default;
            for (int c = 0; c < columnCount; c += 2)
            {
                Vector512<short> x = Vector512.Load(pairs + (c * Width)), y = Vector512.Load(others + (c * Width));
                Add(w0 + c, x, y, ref a0, ref b0);
                Add(w1 + c, x, y, ref a1, ref b1);
                Add(w2 + c, x, y, ref a2, ref b2);
                Add(w3 + c, x, y, ref a3, ref b3);
                Add(w4 + c, x, y, ref a4, ref b4);
                Add(w5 + c, x, y, ref a5, ref b5);
                Add(w6 + c, x, y, ref a6, ref b6);
                Add(w7 + c, x, y, ref a7, ref b7);
            }

            Store(a0, b0, sums, otherSums);
            Store(a1, b1, sums + Width, otherSums + Width);
            Store(a2, b2, sums + (2 * Width), otherSums + (2 * Width));
            Store(a3, b3, sums + (3 * Width), otherSums + (3 * Width));
            Store(a4, b4, sums + (4 * Width), otherSums + (4 * Width));
            Store(a5, b5, sums + (5 * Width), otherSums + (5 * Width));
            Store(a6, b6, sums + (6 * Width), otherSums + (6 * Width));
            Store(a7, b7, sums + (7 * Width), otherSums + (7 * Width));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(short* weight, Vector512<short> x, Vector512<short> y, ref Vector512<int> a, ref Vector512<int> b)
    {
        Vector512<short> both = Vector512.Create(*(int*)weight).AsInt16();
        a = IntegerDot.Add(a, x, both);
        b = IntegerDot.Add(b, y, both);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<int> a, Vector512<int> b, int* sums, int* otherSums)
    {
        a.Store(sums);
        b.Store(otherSums);
    }

    // Four rows of two vectors: 8 sums, two vectors of samples and a weight are 11 of 16 registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows256(int columnCount, short* weights, int rows, short* pairs, int* sums)
    {
        for (int row = 0; row < rows; row += RowsAtOnce / 2, sums += RowsAtOnce / 2 * Width)
        {
            short* w0 = weights + (row * columnCount), w1 = w0 + columnCount, w2 = w1 + columnCount, w3 = w2 + columnCount;
            Vector256<int> a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
            for (int c = 0; c < columnCount; c += 2)
            {
                Vector256<short> x = Vector256.Load(pairs + (c * Width)), y = Vector256.Load(pairs + (c * Width) + Width);
                Vector256<short> w = Vector256.Create(*(int*)(w0 + c)).AsInt16();
                a0 = IntegerDot.Add(a0, x, w);
                b0 = IntegerDot.Add(b0, y, w);
                w = Vector256.Create(*(int*)(w1 + c)).AsInt16();
                a1 = IntegerDot.Add(a1, x, w);
                b1 = IntegerDot.Add(b1, y, w);
                w = Vector256.Create(*(int*)(w2 + c)).AsInt16();
                a2 = IntegerDot.Add(a2, x, w);
                b2 = IntegerDot.Add(b2, y, w);
                w = Vector256.Create(*(int*)(w3 + c)).AsInt16();
                a3 = IntegerDot.Add(a3, x, w);
                b3 = IntegerDot.Add(b3, y, w);
            }

            a0.Store(sums);
            b0.Store(sums + 8);
            a1.Store(sums + Width);
            b1.Store(sums + Width + 8);
            a2.Store(sums + (2 * Width));
            b2.Store(sums + (2 * Width) + 8);
            a3.Store(sums + (3 * Width));
            b3.Store(sums + (3 * Width) + 8);
        }
    }
}
