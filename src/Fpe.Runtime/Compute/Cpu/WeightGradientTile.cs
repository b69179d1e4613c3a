using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <summary>The inner loop of <see cref="CpuKernels.EdgeWeightGradient"/>: 16 rows × 6 columns in registers.</summary>
internal static unsafe class WeightGradientTile
{
    /// <summary>Columns of a tile.</summary>
    public const int Columns = 6;

    /// <summary>dw[c, r] += Σ_s dz[s, r] · x[c, s] for the rows of a group and up to 6 columns.</summary>
    /// <param name="dz">Gradients sample by sample: [samples, 16].</param>
    /// <param name="columns">The inputs' numbers; where there are fewer than 6, the last stands for the others too.</param>
    /// <param name="columnCount">From 1 to 6.</param>
    /// <param name="x">Inputs.</param>
    /// <param name="dw">Gradient of the weights of the first column: [columnCount, height].</param>
    /// <param name="height">Rows of the group, up to 16.</param>
    [SkipLocalsInit]
    public static void Add(float* dz, int* columns, int columnCount, in Panel x, float* dw, int height)
    {
        int last = columnCount - 1;
        float* x0 = x.Row(columns[0]), x1 = x.Row(columns[Math.Min(1, last)]), x2 = x.Row(columns[Math.Min(2, last)]);
        float* x3 = x.Row(columns[Math.Min(3, last)]), x4 = x.Row(columns[Math.Min(4, last)]), x5 = x.Row(columns[last]);
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

        int samples = x.Samples;
        for (nint s = 0; s < samples; s++)
        {
            var dz0 = Vector256.Load(dz + s * CpuBlock.GroupHeight);
            var dz1 = Vector256.Load(dz + s * CpuBlock.GroupHeight + 8);
            var input = Vector256.Create(x0[s]);
            sum00 = Vector256.MultiplyAddEstimate(input, dz0, sum00);
            sum01 = Vector256.MultiplyAddEstimate(input, dz1, sum01);
            input = Vector256.Create(x1[s]);
            sum10 = Vector256.MultiplyAddEstimate(input, dz0, sum10);
            sum11 = Vector256.MultiplyAddEstimate(input, dz1, sum11);
            input = Vector256.Create(x2[s]);
            sum20 = Vector256.MultiplyAddEstimate(input, dz0, sum20);
            sum21 = Vector256.MultiplyAddEstimate(input, dz1, sum21);
            input = Vector256.Create(x3[s]);
            sum30 = Vector256.MultiplyAddEstimate(input, dz0, sum30);
            sum31 = Vector256.MultiplyAddEstimate(input, dz1, sum31);
            input = Vector256.Create(x4[s]);
            sum40 = Vector256.MultiplyAddEstimate(input, dz0, sum40);
            sum41 = Vector256.MultiplyAddEstimate(input, dz1, sum41);
            input = Vector256.Create(x5[s]);
            sum50 = Vector256.MultiplyAddEstimate(input, dz0, sum50);
            sum51 = Vector256.MultiplyAddEstimate(input, dz1, sum51);
        }

        float* scratch = stackalloc float[CpuBlock.GroupHeight];
        Add(sum00, sum01, 0, columnCount, dw, height, scratch);
        Add(sum10, sum11, 1, columnCount, dw, height, scratch);
        Add(sum20, sum21, 2, columnCount, dw, height, scratch);
        Add(sum30, sum31, 3, columnCount, dw, height, scratch);
        Add(sum40, sum41, 4, columnCount, dw, height, scratch);
        Add(sum50, sum51, 5, columnCount, dw, height, scratch);
    }

    // inlined, or the sums would be passed by address and kept in memory
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector256<float> low, Vector256<float> high, int column, int columnCount, float* dw, int height, float* scratch)
    {
        if (column >= columnCount)
            return;
        dw += column * (nint)height;
        if (height == CpuBlock.GroupHeight)
        {
            (Vector256.Load(dw) + low).Store(dw);
            (Vector256.Load(dw + 8) + high).Store(dw + 8);
            return;
        }

        low.Store(scratch);
        high.Store(scratch + 8);
        for (int r = 0; r < height; r++)
            dw[r] += scratch[r];
    }
}
