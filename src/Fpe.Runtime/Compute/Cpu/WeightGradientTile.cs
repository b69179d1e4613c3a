using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Fpe.Compute.Cpu;

/// <summary>The inner loop of <see cref="CpuKernels.EdgeWeightGradient"/>: 16 rows × 6 columns in registers.</summary>
internal static unsafe class WeightGradientTile
{
    /// <summary>Columns of a tile.</summary>
    public const int Columns = 6;

    /// <summary>dw[c, r] = dw[c, r] + Σ_s dz[s, r] · x[c, s] for the rows of a group and up to 6 columns.</summary>
    /// <param name="dz">Gradients sample by sample: [samples, 16].</param>
    /// <param name="columns">Where the inputs lie in a panel; where there are fewer than 6, the last stands for the others too.</param>
    /// <param name="columnCount">From 1 to 6.</param>
    /// <param name="columnsAfter">Columns that follow, for the next tiles.</param>
    /// <param name="x">Feature 0 of the inputs' first panel.</param>
    /// <param name="panelStride">Floats from a panel to the next.</param>
    /// <param name="samples">Samples of this and the following panels.</param>
    /// <param name="dw">Gradient of the weights of the first column: [columnCount, height].</param>
    /// <param name="height">Rows of the group, up to 16.</param>
    /// <param name="add">Whether to add to dw; else it is overwritten (=).</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(
        float* dz, uint* columns, int columnCount, int columnsAfter, float* x, nint panelStride, int samples, float* dw, int height, bool add)
    {
        int last = columnCount - 1;
        float* x0 = x + columns[0], x1 = x + columns[Math.Min(1, last)], x2 = x + columns[Math.Min(2, last)];
        float* x3 = x + columns[Math.Min(3, last)], x4 = x + columns[Math.Min(4, last)], x5 = x + columns[last];
        var sum00 = Vector256<float>.Zero;
        var sum01 = Vector256<float>.Zero;
        var sum10 = Vector256<float>.Zero;
        var sum11 = Vector256<float>.Zero;
        var sum20 = Vector256<float>.Zero;
        var sum21 = Vector256<float>.Zero;
        var sum30 = Vector256<float>.Zero;
        var sum31 = Vector256<float>.Zero;
        var sum40 = Vector256<float>.Zero;
        var sum41 = Vector256<float>.Zero;
        var sum50 = Vector256<float>.Zero;
        var sum51 = Vector256<float>.Zero;

        // the inputs of the next tile lie anywhere: ask for them in time
        uint* next = columns + (columnsAfter >= Columns ? Columns : 0);

        // x is read at one offset from six addresses, which moves on by whole panels
        nint offset = 0;
        for (; samples > 0; samples -= Panel.Width, offset += panelStride - Panel.Width)
        {
            Prefetch(next, x + offset);
            float* end = dz + Math.Min(samples, Panel.Width) * CpuBlock.GroupHeight;
            for (; dz < end; dz += CpuBlock.GroupHeight, offset++)
            {
                var dz0 = Vector256.Load(dz);
                var dz1 = Vector256.Load(dz + 8);
                var input = Vector256.Create(x0[offset]);
                sum00 = Vector256.MultiplyAddEstimate(input, dz0, sum00);
                sum01 = Vector256.MultiplyAddEstimate(input, dz1, sum01);
                input = Vector256.Create(x1[offset]);
                sum10 = Vector256.MultiplyAddEstimate(input, dz0, sum10);
                sum11 = Vector256.MultiplyAddEstimate(input, dz1, sum11);
                input = Vector256.Create(x2[offset]);
                sum20 = Vector256.MultiplyAddEstimate(input, dz0, sum20);
                sum21 = Vector256.MultiplyAddEstimate(input, dz1, sum21);
                input = Vector256.Create(x3[offset]);
                sum30 = Vector256.MultiplyAddEstimate(input, dz0, sum30);
                sum31 = Vector256.MultiplyAddEstimate(input, dz1, sum31);
                input = Vector256.Create(x4[offset]);
                sum40 = Vector256.MultiplyAddEstimate(input, dz0, sum40);
                sum41 = Vector256.MultiplyAddEstimate(input, dz1, sum41);
                input = Vector256.Create(x5[offset]);
                sum50 = Vector256.MultiplyAddEstimate(input, dz0, sum50);
                sum51 = Vector256.MultiplyAddEstimate(input, dz1, sum51);
            }
        }

        if (height == CpuBlock.GroupHeight && columnCount == Columns && !add)
        {
            sum00.Store(dw);
            sum01.Store(dw + 8);
            sum10.Store(dw + 16);
            sum11.Store(dw + 24);
            sum20.Store(dw + 32);
            sum21.Store(dw + 40);
            sum30.Store(dw + 48);
            sum31.Store(dw + 56);
            sum40.Store(dw + 64);
            sum41.Store(dw + 72);
            sum50.Store(dw + 80);
            sum51.Store(dw + 88);
            return;
        }

        float* scratch = stackalloc float[CpuBlock.GroupHeight];
        Store(sum00, sum01, 0, columnCount, dw, height, add, scratch);
        Store(sum10, sum11, 1, columnCount, dw, height, add, scratch);
        Store(sum20, sum21, 2, columnCount, dw, height, add, scratch);
        Store(sum30, sum31, 3, columnCount, dw, height, add, scratch);
        Store(sum40, sum41, 4, columnCount, dw, height, add, scratch);
        Store(sum50, sum51, 5, columnCount, dw, height, add, scratch);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(uint* columns, float* x)
    {
        if (!Sse.IsSupported)
            return;
        Sse.Prefetch0(x + columns[0]);
        Sse.Prefetch0(x + columns[1]);
        Sse.Prefetch0(x + columns[2]);
        Sse.Prefetch0(x + columns[3]);
        Sse.Prefetch0(x + columns[4]);
        Sse.Prefetch0(x + columns[5]);
    }

    // inlined, or the sums would be passed by address and kept in memory
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(
        Vector256<float> low, Vector256<float> high, int column, int columnCount, float* dw, int height, bool add, float* scratch)
    {
        if (column >= columnCount)
            return;
        dw += column * (nint)height;
        if (height == CpuBlock.GroupHeight)
        {
            if (add)
                (low, high) = (low + Vector256.Load(dw), high + Vector256.Load(dw + 8));
            low.Store(dw);
            high.Store(dw + 8);
            return;
        }

        low.Store(scratch);
        high.Store(scratch + 8);
        for (int r = 0; r < height; r++)
            dw[r] = (add ? dw[r] : 0) + scratch[r];
    }
}
