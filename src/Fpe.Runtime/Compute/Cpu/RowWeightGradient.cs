using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <summary>The inner loops of <see cref="CpuKernels.EdgeWeightGradient"/> for a row by itself: dw[k] += Σ_s dz[s] · x[columns[k], s].</summary>
internal static unsafe class RowWeightGradient
{
    private const int Columns = 8;

    public static void Add(float* dz, int* columns, int count, in Panel x, float* dw)
    {
        int k = 0;
        for (; k <= count - Columns; k += Columns)
            (Vector256.Load(dw + k) + Sums(dz, columns + k, x)).Store(dw + k);
        for (; k < count; k++)
            dw[k] += Sum(dz, x.Row(columns[k]), x.Samples);
    }

    /// <summary>The sums of 8 columns.</summary>
    private static Vector256<float> Sums(float* dz, int* columns, in Panel x)
    {
        float* x0 = x.Row(columns[0]), x1 = x.Row(columns[1]), x2 = x.Row(columns[2]), x3 = x.Row(columns[3]);
        float* x4 = x.Row(columns[4]), x5 = x.Row(columns[5]), x6 = x.Row(columns[6]), x7 = x.Row(columns[7]);
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

    /// <summary>The sum of one column, in the order of <see cref="Sums"/>.</summary>
    private static float Sum(float* dz, float* x, int samples)
    {
        var sum = Vector256<float>.Zero;
        int s = 0;
        for (; s <= samples - Vector256<float>.Count; s += Vector256<float>.Count)
            sum = Vector256.MultiplyAddEstimate(Vector256.Load(dz + s), Vector256.Load(x + s), sum);
        if (s < samples)
        {
            var mask = LaneMask.Before(samples - s).AsSingle();
            sum = Vector256.MultiplyAddEstimate(Vector256.Load(dz + s) & mask, Vector256.Load(x + s) & mask, sum);
        }

        return Vector256.Sum(sum);
    }
}
