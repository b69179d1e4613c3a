using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <summary>The inner loop of <see cref="CpuKernels.EdgeForward"/>: 4 rows × 16 lanes in registers.</summary>
internal static unsafe class ForwardTile
{
    /// <summary>Rows of a tile.</summary>
    public const int Rows = 4;

    /// <summary>y[r, l] += Σ_k w[k, r] · x[columns[k], l] for 16 lanes l.</summary>
    /// <param name="w">Weights of the first row: [count, stride].</param>
    /// <param name="stride">Rows of the group the weights lie in.</param>
    /// <param name="rows">The rows' numbers; where there are fewer than 4, the last stands for the others too.</param>
    /// <param name="rowCount">From 1 to 4.</param>
    /// <param name="columns">The inputs' numbers.</param>
    /// <param name="count">Inputs.</param>
    /// <param name="x">First lane of feature 0.</param>
    /// <param name="y">First lane of row 0.</param>
    /// <param name="width">Floats from a feature to the next, in <paramref name="x"/> and <paramref name="y"/>.</param>
    public static void Add(float* w, nint stride, int* rows, int rowCount, int* columns, int count, float* x, float* y, nint width)
    {
        int r1 = Math.Min(1, rowCount - 1), r2 = Math.Min(2, rowCount - 1), r3 = rowCount - 1;
        float* w1 = w + r1, w2 = w + r2, w3 = w + r3;
        float* y0 = y + rows[0] * width, y1 = y + rows[r1] * width, y2 = y + rows[r2] * width, y3 = y + rows[r3] * width;
        var sum00 = Vector256.Load(y0);
        var sum01 = Vector256.Load(y0 + 8);
        var sum10 = Vector256.Load(y1);
        var sum11 = Vector256.Load(y1 + 8);
        var sum20 = Vector256.Load(y2);
        var sum21 = Vector256.Load(y2 + 8);
        var sum30 = Vector256.Load(y3);
        var sum31 = Vector256.Load(y3 + 8);

        nint offset = 0;
        for (int k = 0; k < count; k++)
        {
            float* input = x + columns[k] * width;
            var x0 = Vector256.Load(input);
            var x1 = Vector256.Load(input + 8);
            var weight = Vector256.Create(w[offset]);
            sum00 = Vector256.MultiplyAddEstimate(weight, x0, sum00);
            sum01 = Vector256.MultiplyAddEstimate(weight, x1, sum01);
            weight = Vector256.Create(w1[offset]);
            sum10 = Vector256.MultiplyAddEstimate(weight, x0, sum10);
            sum11 = Vector256.MultiplyAddEstimate(weight, x1, sum11);
            weight = Vector256.Create(w2[offset]);
            sum20 = Vector256.MultiplyAddEstimate(weight, x0, sum20);
            sum21 = Vector256.MultiplyAddEstimate(weight, x1, sum21);
            weight = Vector256.Create(w3[offset]);
            sum30 = Vector256.MultiplyAddEstimate(weight, x0, sum30);
            sum31 = Vector256.MultiplyAddEstimate(weight, x1, sum31);
            offset += stride;
        }

        sum00.Store(y0);
        sum01.Store(y0 + 8);
        sum10.Store(y1);
        sum11.Store(y1 + 8);
        sum20.Store(y2);
        sum21.Store(y2 + 8);
        sum30.Store(y3);
        sum31.Store(y3 + 8);
    }
}
