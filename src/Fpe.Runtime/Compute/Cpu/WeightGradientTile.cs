using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Fpe.Compute.Cpu;

/// <summary>The inner loop of <see cref="CpuKernels.EdgeWeightGradient"/>: 2 vectors of rows × up to 8 columns in registers.</summary>
internal static unsafe class WeightGradientTile
{
    /// <summary>Maximum number of columns of a tile.</summary>
    public const int MaximumColumns = 8;

    /// <summary>
    /// Number of samples that are summed in registers; their gradients for a group of rows (16 KiB) stay in the first-level cache.
    /// </summary>
    public const int MaximumSamples = 256;

    /// <summary>Floats from the gradients of one group of rows, sample by sample, to those of the next.</summary>
    public const int GroupStride = MaximumSamples * CpuBlock.GroupHeight;

    /// <summary>Number of sums of a tile per group of rows.</summary>
    public const int SumStride = MaximumColumns * CpuBlock.GroupHeight;

    /// <summary>dw[c, r] = Σ_s dz[s, r] · x[c, s], or dw[c, r] += that, for some columns and the rows of one group, or of two if a vector holds a group.</summary>
    /// <typeparam name="TLanes">The width of a vector.</typeparam>
    /// <typeparam name="TVector">The vector.</typeparam>
    /// <typeparam name="TColumns">Columns of the tile: at least 2.</typeparam>
    /// <param name="dz">Gradients of each group, sample by sample: [groups, <see cref="MaximumSamples"/>, 16].</param>
    /// <param name="columns">Offsets of the inputs in a panel; if there are fewer than those of the tile, the last one is repeated.</param>
    /// <param name="columnCount">From 1 to those of the tile.</param>
    /// <param name="columnsAfter">Number of columns that follow, for the next tiles.</param>
    /// <param name="x">Feature 0 of the inputs' first panel.</param>
    /// <param name="panelStride">Floats from one panel to the next.</param>
    /// <param name="samples">Samples of this and the following panels.</param>
    /// <param name="dw">Receives the sums of each group: [columns, 16].</param>
    /// <param name="dwStride">Floats from the sums of one group to those of the next.</param>
    /// <param name="add">Whether the sums are added to what is in <paramref name="dw"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TLanes, TVector, TColumns>(
        float* dz, uint* columns, int columnCount, int columnsAfter, float* x, nint panelStride, int samples, float* dw, nint dwStride, bool add)
        where TLanes : struct, ITileVector<TVector>
        where TColumns : struct, ITileHeight
    {
        int last = columnCount - 1;
        float* x0 = x + columns[0], x1 = x + columns[Math.Min(1, last)], x2 = x + columns[Math.Min(2, last)];
        float* x3 = x + columns[Math.Min(3, last)], x4 = x + columns[Math.Min(4, last)], x5 = x + columns[Math.Min(5, last)];
        float* x6 = x + columns[Math.Min(6, last)], x7 = x + columns[last];
        var sum00 = TLanes.Zero;
        var sum01 = TLanes.Zero;
        var sum10 = TLanes.Zero;
        var sum11 = TLanes.Zero;
        var sum20 = TLanes.Zero;
        var sum21 = TLanes.Zero;
        var sum30 = TLanes.Zero;
        var sum31 = TLanes.Zero;
        var sum40 = TLanes.Zero;
        var sum41 = TLanes.Zero;
        var sum50 = TLanes.Zero;
        var sum51 = TLanes.Zero;
        var sum60 = TLanes.Zero;
        var sum61 = TLanes.Zero;
        var sum70 = TLanes.Zero;
        var sum71 = TLanes.Zero;

        // the inputs of the next tile can be anywhere in memory, so prefetch them
        uint* next = columns + (columnsAfter >= TColumns.Count ? TColumns.Count : 0);

        // x is read at up to eight addresses with a common offset, which advances by whole panels
        nint offset = 0;
        for (; samples > 0; samples -= Panel.Width, offset += panelStride - Panel.Width)
        {
            Prefetch<TColumns>(next, x + offset);
            float* end = dz + Math.Min(samples, Panel.Width) * CpuBlock.GroupHeight;
            for (; dz < end; dz += CpuBlock.GroupHeight, offset++)
            {
                var dz0 = TLanes.Load(dz);
                var dz1 = TLanes.Load(dz + TLanes.Second(GroupStride));
                var input = TLanes.Create(x0[offset]);
                sum00 = TLanes.MultiplyAdd(input, dz0, sum00);
                sum01 = TLanes.MultiplyAdd(input, dz1, sum01);
                input = TLanes.Create(x1[offset]);
                sum10 = TLanes.MultiplyAdd(input, dz0, sum10);
                sum11 = TLanes.MultiplyAdd(input, dz1, sum11);

                if (TColumns.Count > 2)
                {
                    input = TLanes.Create(x2[offset]);
                    sum20 = TLanes.MultiplyAdd(input, dz0, sum20);
                    sum21 = TLanes.MultiplyAdd(input, dz1, sum21);
                    input = TLanes.Create(x3[offset]);
                    sum30 = TLanes.MultiplyAdd(input, dz0, sum30);
                    sum31 = TLanes.MultiplyAdd(input, dz1, sum31);
                }

                if (TColumns.Count > 4)
                {
                    input = TLanes.Create(x4[offset]);
                    sum40 = TLanes.MultiplyAdd(input, dz0, sum40);
                    sum41 = TLanes.MultiplyAdd(input, dz1, sum41);
                    input = TLanes.Create(x5[offset]);
                    sum50 = TLanes.MultiplyAdd(input, dz0, sum50);
                    sum51 = TLanes.MultiplyAdd(input, dz1, sum51);
                }

                if (TColumns.Count > 6)
                {
                    input = TLanes.Create(x6[offset]);
                    sum60 = TLanes.MultiplyAdd(input, dz0, sum60);
                    sum61 = TLanes.MultiplyAdd(input, dz1, sum61);
                    input = TLanes.Create(x7[offset]);
                    sum70 = TLanes.MultiplyAdd(input, dz0, sum70);
                    sum71 = TLanes.MultiplyAdd(input, dz1, sum71);
                }
            }
        }

        nint second = TLanes.Second(dwStride);
        Place<TLanes, TVector>(sum00, sum01, dw, second, add);
        Place<TLanes, TVector>(sum10, sum11, dw + CpuBlock.GroupHeight, second, add);

        if (TColumns.Count > 2)
        {
            Place<TLanes, TVector>(sum20, sum21, dw + 2 * CpuBlock.GroupHeight, second, add);
            Place<TLanes, TVector>(sum30, sum31, dw + 3 * CpuBlock.GroupHeight, second, add);
        }

        if (TColumns.Count > 4)
        {
            Place<TLanes, TVector>(sum40, sum41, dw + 4 * CpuBlock.GroupHeight, second, add);
            Place<TLanes, TVector>(sum50, sum51, dw + 5 * CpuBlock.GroupHeight, second, add);
        }

        if (TColumns.Count > 6)
        {
            Place<TLanes, TVector>(sum60, sum61, dw + 6 * CpuBlock.GroupHeight, second, add);
            Place<TLanes, TVector>(sum70, sum71, dw + 7 * CpuBlock.GroupHeight, second, add);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Place<TLanes, TVector>(TVector sum0, TVector sum1, float* dw, nint second, bool add)
        where TLanes : struct, ITileVector<TVector>
    {
        if (add)
            VectorPair<TLanes, TVector>.Add(sum0, sum1, dw, second);
        else
            VectorPair<TLanes, TVector>.Store(sum0, sum1, dw, second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch<TColumns>(uint* columns, float* x)
        where TColumns : struct, ITileHeight
    {
        if (!Sse.IsSupported)
            return;
        Sse.Prefetch0(x + columns[0]);
        Sse.Prefetch0(x + columns[1]);
        if (TColumns.Count > 2)
        {
            Sse.Prefetch0(x + columns[2]);
            Sse.Prefetch0(x + columns[3]);
        }

        if (TColumns.Count > 4)
        {
            Sse.Prefetch0(x + columns[4]);
            Sse.Prefetch0(x + columns[5]);
        }

        if (TColumns.Count > 6)
        {
            Sse.Prefetch0(x + columns[6]);
            Sse.Prefetch0(x + columns[7]);
        }
    }
}
