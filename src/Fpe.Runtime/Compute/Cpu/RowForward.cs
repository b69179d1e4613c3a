using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <summary>The inner loops of <see cref="CpuKernels.EdgeForward"/> for a row by itself: y[l] += Σ_k w[k] · x[columns[k], l].</summary>
internal static unsafe class RowForward
{
    /// <summary>64 lanes.</summary>
    public static void AddFullPanel(float* w, int* columns, int count, float* x, float* y)
    {
        var sum0 = Vector256.Load(y);
        var sum1 = Vector256.Load(y + 8);
        var sum2 = Vector256.Load(y + 16);
        var sum3 = Vector256.Load(y + 24);
        var sum4 = Vector256.Load(y + 32);
        var sum5 = Vector256.Load(y + 40);
        var sum6 = Vector256.Load(y + 48);
        var sum7 = Vector256.Load(y + 56);
        for (int k = 0; k < count; k++)
        {
            float* input = x + (nint)columns[k] * Panel.MaximumWidth;
            var weight = Vector256.Create(w[k]);
            sum0 = Vector256.MultiplyAddEstimate(weight, Vector256.Load(input), sum0);
            sum1 = Vector256.MultiplyAddEstimate(weight, Vector256.Load(input + 8), sum1);
            sum2 = Vector256.MultiplyAddEstimate(weight, Vector256.Load(input + 16), sum2);
            sum3 = Vector256.MultiplyAddEstimate(weight, Vector256.Load(input + 24), sum3);
            sum4 = Vector256.MultiplyAddEstimate(weight, Vector256.Load(input + 32), sum4);
            sum5 = Vector256.MultiplyAddEstimate(weight, Vector256.Load(input + 40), sum5);
            sum6 = Vector256.MultiplyAddEstimate(weight, Vector256.Load(input + 48), sum6);
            sum7 = Vector256.MultiplyAddEstimate(weight, Vector256.Load(input + 56), sum7);
        }

        sum0.Store(y);
        sum1.Store(y + 8);
        sum2.Store(y + 16);
        sum3.Store(y + 24);
        sum4.Store(y + 32);
        sum5.Store(y + 40);
        sum6.Store(y + 48);
        sum7.Store(y + 56);
    }

    /// <summary>16 lanes. Even and odd edges are summed apart, so that fewer additions wait for each other.</summary>
    public static void Add(float* w, int* columns, int count, float* x, nint width, float* y)
    {
        var even0 = Vector256.Load(y);
        var even1 = Vector256.Load(y + 8);
        var odd0 = Vector256<float>.Zero;
        var odd1 = Vector256<float>.Zero;
        int k = 0;
        for (; k < count - 1; k += 2)
        {
            float* input = x + columns[k] * width;
            var weight = Vector256.Create(w[k]);
            even0 = Vector256.MultiplyAddEstimate(weight, Vector256.Load(input), even0);
            even1 = Vector256.MultiplyAddEstimate(weight, Vector256.Load(input + 8), even1);
            input = x + columns[k + 1] * width;
            weight = Vector256.Create(w[k + 1]);
            odd0 = Vector256.MultiplyAddEstimate(weight, Vector256.Load(input), odd0);
            odd1 = Vector256.MultiplyAddEstimate(weight, Vector256.Load(input + 8), odd1);
        }

        if (k < count)
        {
            float* input = x + columns[k] * width;
            var weight = Vector256.Create(w[k]);
            even0 = Vector256.MultiplyAddEstimate(weight, Vector256.Load(input), even0);
            even1 = Vector256.MultiplyAddEstimate(weight, Vector256.Load(input + 8), even1);
        }

        (even0 + odd0).Store(y);
        (even1 + odd1).Store(y + 8);
    }
}
