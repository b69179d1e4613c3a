using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Fpe.Compute.Cpu;

/// <summary>
/// The inner loop of <see cref="CpuKernels.EdgeWeightGradient"/> for blocks of 8 rows, which are one vector at any width: 8 columns in registers,
/// as many sums as hide the latency of an addition, and hardly more addresses than there are registers for.
/// </summary>
internal static unsafe class EightRowsGradientTile
{
    /// <summary>Rows of a block.</summary>
    public const int Rows = 8;

    /// <summary>Columns of a tile.</summary>
    public const int Columns = 8;

    /// <summary>dw[c, r] = Σ_s dz[s, r] · x[c, s], or dw[c, r] += that, for the columns of a tile.</summary>
    /// <param name="dz">Gradients, sample by sample: [samples, 8].</param>
    /// <param name="columns">Offsets of the inputs in a panel.</param>
    /// <param name="columnCount">From 1 to 8.</param>
    /// <param name="next">Offsets of the inputs to prefetch, usually those of the next tile: 8, of any value.</param>
    /// <param name="x">Feature 0 of the inputs' first panel.</param>
    /// <param name="panelStride">Floats from one panel to the next.</param>
    /// <param name="samples">Samples of this and the following panels.</param>
    /// <param name="dw">Receives the sums: [columns, 8].</param>
    /// <param name="add">Whether to add to what <paramref name="dw"/> holds.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(float* dz, uint* columns, int columnCount, uint* next, float* x, nint panelStride, int samples, float* dw, bool add)
    {
        int last = columnCount - 1;
        float* x0 = x + columns[0], x1 = x + columns[Math.Min(1, last)], x2 = x + columns[Math.Min(2, last)], x3 = x + columns[Math.Min(3, last)];
        float* x4 = x + columns[Math.Min(4, last)], x5 = x + columns[Math.Min(5, last)], x6 = x + columns[Math.Min(6, last)], x7 = x + columns[last];
        Vector256<float> sum0 = default, sum1 = default, sum2 = default, sum3 = default, sum4 = default, sum5 = default, sum6 = default, sum7 = default;

        // x is read at eight addresses with a common offset, which advances by whole panels
        nint offset = 0;
        for (; samples > 0; samples -= Panel.Width, offset += panelStride - Panel.Width)
        {
            Prefetch(next, x + offset);
            float* end = dz + Math.Min(samples, Panel.Width) * Rows;
            for (; dz < end; dz += Rows, offset++)
            {
                var gradient = Vector256.Load(dz);
                sum0 = Lanes8.MultiplyAdd(Vector256.Create(x0[offset]), gradient, sum0);
                sum1 = Lanes8.MultiplyAdd(Vector256.Create(x1[offset]), gradient, sum1);
                sum2 = Lanes8.MultiplyAdd(Vector256.Create(x2[offset]), gradient, sum2);
                sum3 = Lanes8.MultiplyAdd(Vector256.Create(x3[offset]), gradient, sum3);
                sum4 = Lanes8.MultiplyAdd(Vector256.Create(x4[offset]), gradient, sum4);
                sum5 = Lanes8.MultiplyAdd(Vector256.Create(x5[offset]), gradient, sum5);
                sum6 = Lanes8.MultiplyAdd(Vector256.Create(x6[offset]), gradient, sum6);
                sum7 = Lanes8.MultiplyAdd(Vector256.Create(x7[offset]), gradient, sum7);
            }
        }

        float* sums = stackalloc float[Columns * Rows];
        sum0.Store(sums);
        sum1.Store(sums + Rows);
        sum2.Store(sums + 2 * Rows);
        sum3.Store(sums + 3 * Rows);
        sum4.Store(sums + 4 * Rows);
        sum5.Store(sums + 5 * Rows);
        sum6.Store(sums + 6 * Rows);
        sum7.Store(sums + 7 * Rows);
        for (int c = 0; c < columnCount; c++, sums += Rows, dw += Rows)
            (add ? Vector256.Load(dw) + Vector256.Load(sums) : Vector256.Load(sums)).Store(dw);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(uint* columns, float* x)
    {
        if (!Sse.IsSupported)
            return;
        for (int c = 0; c < Columns; c++)
            Sse.Prefetch0(x + columns[c]);
    }
}
