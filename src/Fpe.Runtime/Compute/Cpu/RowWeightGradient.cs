using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <summary>
/// The inner loop of <see cref="CpuKernels.EdgeWeightGradient"/> for a row by itself: dw[k] += Σ_s dz[s] · x[columns[k], s].
/// </summary>
internal static unsafe class RowWeightGradient
{
    private const int Columns = 8;

    public static void Add(float* dz, int* columns, int count, in Panel x, float* dw)
    {
        int k = 0;
        for (; k <= count - Columns; k += Columns)
            (Vector256.Load(dw + k) + Sums(dz, columns + k, Columns, x)).Store(dw + k);
        if (k == count)
            return;
        var rest = Sums(dz, columns + k, count - k, x);
        for (int i = 0; k < count; i++, k++)
            dw[k] += rest[i];
    }

    /// <summary>The sums of 8 columns; where there are fewer, the last stands for the others too.</summary>
    private static Vector256<float> Sums(float* dz, int* columns, int count, in Panel x)
    {
        int last = count - 1;
        float* x0 = x.Row(columns[0]), x1 = x.Row(columns[Math.Min(1, last)]), x2 = x.Row(columns[Math.Min(2, last)]);
        float* x3 = x.Row(columns[Math.Min(3, last)]), x4 = x.Row(columns[Math.Min(4, last)]), x5 = x.Row(columns[Math.Min(5, last)]);
        float* x6 = x.Row(columns[Math.Min(6, last)]), x7 = x.Row(columns[last]);
        var sum0 = Vector256<float>.Zero;
        var sum1 = Vector256<float>.Zero;
        var sum2 = Vector256<float>.Zero;
        var sum3 = Vector256<float>.Zero;
        var sum4 = Vector256<float>.Zero;
        var sum5 = Vector256<float>.Zero;
        var sum6 = Vector256<float>.Zero;
        var sum7 = Vector256<float>.Zero;
        nint s = 0;
        for (; s <= x.Samples - Vector256<float>.Count; s += Vector256<float>.Count)
        {
            var gradient = Vector256.Load(dz + s);
            sum0 = Vector256.MultiplyAddEstimate(gradient, Vector256.Load(x0 + s), sum0);
            sum1 = Vector256.MultiplyAddEstimate(gradient, Vector256.Load(x1 + s), sum1);
            sum2 = Vector256.MultiplyAddEstimate(gradient, Vector256.Load(x2 + s), sum2);
            sum3 = Vector256.MultiplyAddEstimate(gradient, Vector256.Load(x3 + s), sum3);
            sum4 = Vector256.MultiplyAddEstimate(gradient, Vector256.Load(x4 + s), sum4);
            sum5 = Vector256.MultiplyAddEstimate(gradient, Vector256.Load(x5 + s), sum5);
            sum6 = Vector256.MultiplyAddEstimate(gradient, Vector256.Load(x6 + s), sum6);
            sum7 = Vector256.MultiplyAddEstimate(gradient, Vector256.Load(x7 + s), sum7);
        }

        if (s < x.Samples)
        {
            // lanes beyond the batch may hold NaN, so they are cleared in both factors
            var mask = LaneMask.Before((int)(x.Samples - s)).AsSingle();
            var gradient = Vector256.Load(dz + s) & mask;
            sum0 = Vector256.MultiplyAddEstimate(gradient, Vector256.Load(x0 + s) & mask, sum0);
            sum1 = Vector256.MultiplyAddEstimate(gradient, Vector256.Load(x1 + s) & mask, sum1);
            sum2 = Vector256.MultiplyAddEstimate(gradient, Vector256.Load(x2 + s) & mask, sum2);
            sum3 = Vector256.MultiplyAddEstimate(gradient, Vector256.Load(x3 + s) & mask, sum3);
            sum4 = Vector256.MultiplyAddEstimate(gradient, Vector256.Load(x4 + s) & mask, sum4);
            sum5 = Vector256.MultiplyAddEstimate(gradient, Vector256.Load(x5 + s) & mask, sum5);
            sum6 = Vector256.MultiplyAddEstimate(gradient, Vector256.Load(x6 + s) & mask, sum6);
            sum7 = Vector256.MultiplyAddEstimate(gradient, Vector256.Load(x7 + s) & mask, sum7);
        }

        Transpose.Square(ref sum0, ref sum1, ref sum2, ref sum3, ref sum4, ref sum5, ref sum6, ref sum7);
        return ((sum0 + sum1) + (sum2 + sum3)) + ((sum4 + sum5) + (sum6 + sum7));
    }
}
