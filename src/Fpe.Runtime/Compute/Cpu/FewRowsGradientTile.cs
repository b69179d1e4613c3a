using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Fpe.Compute.Cpu;

/// <summary>
/// The inner loop of <see cref="CpuKernels.EdgeWeightGradient"/> for blocks of few rows, which would leave lanes empty: lanes are samples,
/// and 5 rows × 4 columns (2 with 16 registers) are in registers, which are summed over their lanes at the end.
/// </summary>
internal static unsafe class FewRowsGradientTile
{
    /// <summary>Rows of a tile.</summary>
    public const int Rows = 5;

    /// <summary>Maximum number of rows of a block: two tiles.</summary>
    public const int MaximumRows = 2 * Rows;

    /// <summary>Maximum number of columns of a tile.</summary>
    public const int MaximumColumns = 4;

    /// <summary>Floats from the gradients of one panel to those of the next.</summary>
    public const int PanelStride = MaximumRows * Panel.Width;

    /// <summary>Returns the number of columns of a tile.</summary>
    public static int ColumnsOf<TLanes, TVector>()
        where TLanes : struct, ITileVector<TVector> => TLanes.Count == Panel.Width ? 4 : 2;

    /// <summary>sums[c, r] = Σ_s dz[r, s] · x[c, s] for 5 rows and the columns of a tile; a column takes 8 floats.</summary>
    /// <typeparam name="TLanes">The width of a vector.</typeparam>
    /// <typeparam name="TVector">The vector.</typeparam>
    /// <param name="dz">Gradients, 0 beyond the batch: [panels, <see cref="MaximumRows"/>, 16], from the first row of the tile.</param>
    /// <param name="columns">Offsets of the inputs in a panel.</param>
    /// <param name="columnCount">Number of columns; if there are fewer than those of the tile, the last one is repeated.</param>
    /// <param name="next">Offsets of the inputs to prefetch, usually those of the next tile: <see cref="MaximumColumns"/>, of any value.</param>
    /// <param name="x">Feature 0 of the inputs' first panel.</param>
    /// <param name="xStride">Floats from one panel of x to the next.</param>
    /// <param name="samples">Samples of this and the following panels.</param>
    /// <param name="sums">Receives the sums: [<see cref="MaximumColumns"/>, 8].</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TLanes, TVector>(
        float* dz, uint* columns, int columnCount, uint* next, float* x, nint xStride, int samples, float* sums)
        where TLanes : struct, ITileVector<TVector>
    {
        float* rest = stackalloc float[MaximumColumns * Panel.Width];
        int last = columnCount - 1;
        float* x0 = x + columns[0], x1 = x + columns[Math.Min(1, last)];
        float* x2 = x + columns[Math.Min(2, last)], x3 = x + columns[last];
        var sum00 = TLanes.Zero;
        var sum01 = TLanes.Zero;
        var sum02 = TLanes.Zero;
        var sum03 = TLanes.Zero;
        var sum04 = TLanes.Zero;
        var sum10 = TLanes.Zero;
        var sum11 = TLanes.Zero;
        var sum12 = TLanes.Zero;
        var sum13 = TLanes.Zero;
        var sum14 = TLanes.Zero;
        var sum20 = TLanes.Zero;
        var sum21 = TLanes.Zero;
        var sum22 = TLanes.Zero;
        var sum23 = TLanes.Zero;
        var sum24 = TLanes.Zero;
        var sum30 = TLanes.Zero;
        var sum31 = TLanes.Zero;
        var sum32 = TLanes.Zero;
        var sum33 = TLanes.Zero;
        var sum34 = TLanes.Zero;
        for (; samples > 0; samples -= Panel.Width, dz += PanelStride, x += xStride)
        {
            if (Sse.IsSupported)
            {
                // panels are far apart, so the processor does not prefetch these itself
                Sse.Prefetch0(x + next[0]);
                Sse.Prefetch0(x + next[1]);
                Sse.Prefetch0(x + next[2]);
                Sse.Prefetch0(x + next[3]);
            }

            if (samples < Panel.Width)
            {
                // lanes beyond the batch may be anything, even not a number
                Copy(x0, samples, rest);
                Copy(x1, samples, rest + Panel.Width);
                Copy(x2, samples, rest + 2 * Panel.Width);
                Copy(x3, samples, rest + 3 * Panel.Width);
                x0 = rest;
                x1 = rest + Panel.Width;
                x2 = rest + 2 * Panel.Width;
                x3 = rest + 3 * Panel.Width;
            }

            for (int lane = 0; lane < Panel.Width; lane += TLanes.Count)
            {
                var dz0 = TLanes.Load(dz + lane);
                var dz1 = TLanes.Load(dz + Panel.Width + lane);
                var dz2 = TLanes.Load(dz + 2 * Panel.Width + lane);
                var dz3 = TLanes.Load(dz + 3 * Panel.Width + lane);
                var dz4 = TLanes.Load(dz + 4 * Panel.Width + lane);
                var input = TLanes.Load(x0 + lane);
                sum00 = TLanes.MultiplyAdd(input, dz0, sum00);
                sum01 = TLanes.MultiplyAdd(input, dz1, sum01);
                sum02 = TLanes.MultiplyAdd(input, dz2, sum02);
                sum03 = TLanes.MultiplyAdd(input, dz3, sum03);
                sum04 = TLanes.MultiplyAdd(input, dz4, sum04);
                input = TLanes.Load(x1 + lane);
                sum10 = TLanes.MultiplyAdd(input, dz0, sum10);
                sum11 = TLanes.MultiplyAdd(input, dz1, sum11);
                sum12 = TLanes.MultiplyAdd(input, dz2, sum12);
                sum13 = TLanes.MultiplyAdd(input, dz3, sum13);
                sum14 = TLanes.MultiplyAdd(input, dz4, sum14);
                if (TLanes.Count == Panel.Width)
                {
                    input = TLanes.Load(x2 + lane);
                    sum20 = TLanes.MultiplyAdd(input, dz0, sum20);
                    sum21 = TLanes.MultiplyAdd(input, dz1, sum21);
                    sum22 = TLanes.MultiplyAdd(input, dz2, sum22);
                    sum23 = TLanes.MultiplyAdd(input, dz3, sum23);
                    sum24 = TLanes.MultiplyAdd(input, dz4, sum24);
                    input = TLanes.Load(x3 + lane);
                    sum30 = TLanes.MultiplyAdd(input, dz0, sum30);
                    sum31 = TLanes.MultiplyAdd(input, dz1, sum31);
                    sum32 = TLanes.MultiplyAdd(input, dz2, sum32);
                    sum33 = TLanes.MultiplyAdd(input, dz3, sum33);
                    sum34 = TLanes.MultiplyAdd(input, dz4, sum34);
                }
            }

            x0 += xStride;
            x1 += xStride;
            x2 += xStride;
            x3 += xStride;
        }

        var fifth0 = TLanes.Fold(sum04);
        var fifth1 = TLanes.Fold(sum14);
        var fifth2 = TLanes.Fold(sum24);
        var fifth3 = TLanes.Fold(sum34);
        var fifth = Transpose.Sums(fifth0, fifth1, fifth2, fifth3, fifth0, fifth1, fifth2, fifth3);
        Store(Sums<TLanes, TVector>(sum00, sum01, sum02, sum03, sum10, sum11, sum12, sum13), fifth[0], fifth[1], sums);
        if (TLanes.Count == Panel.Width)
            Store(Sums<TLanes, TVector>(sum20, sum21, sum22, sum23, sum30, sum31, sum32, sum33), fifth[2], fifth[3], sums + 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Sums<TLanes, TVector>(
        TVector a, TVector b, TVector c, TVector d, TVector e, TVector f, TVector g, TVector h)
        where TLanes : struct, ITileVector<TVector> =>
        Transpose.Sums(
            TLanes.Fold(a), TLanes.Fold(b), TLanes.Fold(c), TLanes.Fold(d), TLanes.Fold(e), TLanes.Fold(f), TLanes.Fold(g), TLanes.Fold(h));

    /// <summary>Stores the sums of two columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<float> four, float fifth0, float fifth1, float* sums)
    {
        four.GetLower().Store(sums);
        sums[4] = fifth0;
        four.GetUpper().Store(sums + 8);
        sums[12] = fifth1;
    }

    /// <summary>Copies a feature of a panel, with 0 beyond its samples.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Copy(float* lanes, int samples, float* copy)
    {
        Lanes8.Before(Vector256.Load(lanes), samples).Store(copy);
        Lanes8.Before(Vector256.Load(lanes + 8), samples - 8).Store(copy + 8);
    }
}
