using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Fpe.Compute.Cpu;

/// <summary>
/// As <see cref="EightRowsGradientTile"/>, for vectors of 512 bits, which 8 rows would leave half empty: lanes are samples, and 8 rows × 3 columns
/// are in registers, which are summed over their lanes at the end. A multiply-add needs less than half a load.
/// </summary>
internal static unsafe class WideEightRowsGradientTile
{
    /// <summary>Columns of a tile.</summary>
    public const int Columns = 3;

    /// <summary>Below this, summing over the lanes costs more than empty halves.</summary>
    public const int FewestSamples = 64;

    /// <summary>Floats from the gradients of one panel to those of the next.</summary>
    public const int PanelStride = EightRowsGradientTile.Rows * Panel.Width;

    /// <summary>dw[c, r] = Σ_s dz[r, s] · x[c, s], or dw[c, r] += that, for the columns of a tile.</summary>
    /// <param name="dz">Gradients, 0 beyond the batch: [panels, 8, 16].</param>
    /// <param name="columns">Offsets of the inputs in a panel.</param>
    /// <param name="columnCount">From 1 to 3.</param>
    /// <param name="next">Offsets of the inputs to prefetch, usually those of the next tile: 3, of any value.</param>
    /// <param name="x">Feature 0 of the inputs' first panel.</param>
    /// <param name="xStride">Floats from one panel of x to the next.</param>
    /// <param name="samples">Samples of this and the following panels.</param>
    /// <param name="dw">Receives the sums: [columns, 8].</param>
    /// <param name="add">Whether to add to what <paramref name="dw"/> holds.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(float* dz, uint* columns, int columnCount, uint* next, float* x, nint xStride, int samples, float* dw, bool add)
    {
        float* rest = stackalloc float[Columns * Panel.Width];
        float* x0 = x + columns[0], x1 = x + columns[columnCount > 1 ? 1 : 0], x2 = x + columns[columnCount - 1];
        Vector512<float> sum00 = default, sum01 = default, sum02 = default, sum03 = default, sum04 = default, sum05 = default, sum06 = default, sum07 = default;
        Vector512<float> sum10 = default, sum11 = default, sum12 = default, sum13 = default, sum14 = default, sum15 = default, sum16 = default, sum17 = default;
        Vector512<float> sum20 = default, sum21 = default, sum22 = default, sum23 = default, sum24 = default, sum25 = default, sum26 = default, sum27 = default;
        for (; samples > 0; samples -= Panel.Width, dz += PanelStride, x += xStride)
        {
            if (Sse.IsSupported)
            {
                // panels are far apart, so the processor does not prefetch these itself
                Sse.Prefetch0(x + next[0]);
                Sse.Prefetch0(x + next[1]);
                Sse.Prefetch0(x + next[2]);
            }

            if (samples < Panel.Width)
            {
                // lanes beyond the batch may be anything, even not a number
                FewRowsGradientTile.Copy(x0, samples, rest);
                FewRowsGradientTile.Copy(x1, samples, rest + Panel.Width);
                FewRowsGradientTile.Copy(x2, samples, rest + 2 * Panel.Width);
                x0 = rest;
                x1 = rest + Panel.Width;
                x2 = rest + 2 * Panel.Width;
            }

            Vector512<float> input0 = Vector512.Load(x0), input1 = Vector512.Load(x1), input2 = Vector512.Load(x2);
            Row(Vector512.Load(dz), input0, input1, input2, ref sum00, ref sum10, ref sum20);
            Row(Vector512.Load(dz + Panel.Width), input0, input1, input2, ref sum01, ref sum11, ref sum21);
            Row(Vector512.Load(dz + 2 * Panel.Width), input0, input1, input2, ref sum02, ref sum12, ref sum22);
            Row(Vector512.Load(dz + 3 * Panel.Width), input0, input1, input2, ref sum03, ref sum13, ref sum23);
            Row(Vector512.Load(dz + 4 * Panel.Width), input0, input1, input2, ref sum04, ref sum14, ref sum24);
            Row(Vector512.Load(dz + 5 * Panel.Width), input0, input1, input2, ref sum05, ref sum15, ref sum25);
            Row(Vector512.Load(dz + 6 * Panel.Width), input0, input1, input2, ref sum06, ref sum16, ref sum26);
            Row(Vector512.Load(dz + 7 * Panel.Width), input0, input1, input2, ref sum07, ref sum17, ref sum27);
            x0 += xStride;
            x1 += xStride;
            x2 += xStride;
        }

        Store(sum00, sum01, sum02, sum03, sum04, sum05, sum06, sum07, dw, add);
        if (columnCount > 1)
            Store(sum10, sum11, sum12, sum13, sum14, sum15, sum16, sum17, dw + EightRowsGradientTile.Rows, add);
        if (columnCount > 2)
            Store(sum20, sum21, sum22, sum23, sum24, sum25, sum26, sum27, dw + 2 * EightRowsGradientTile.Rows, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row(
        Vector512<float> gradient, Vector512<float> input0, Vector512<float> input1, Vector512<float> input2,
        ref Vector512<float> sum0, ref Vector512<float> sum1, ref Vector512<float> sum2)
    {
        sum0 = Lanes16.MultiplyAdd(input0, gradient, sum0);
        sum1 = Lanes16.MultiplyAdd(input1, gradient, sum1);
        sum2 = Lanes16.MultiplyAdd(input2, gradient, sum2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(
        Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d,
        Vector512<float> e, Vector512<float> f, Vector512<float> g, Vector512<float> h, float* dw, bool add)
    {
        Vector256<float> sums = Transpose.Sums(
            Lanes16.Fold(a), Lanes16.Fold(b), Lanes16.Fold(c), Lanes16.Fold(d), Lanes16.Fold(e), Lanes16.Fold(f), Lanes16.Fold(g), Lanes16.Fold(h));
        (add ? Vector256.Load(dw) + sums : sums).Store(dw);
    }
}
