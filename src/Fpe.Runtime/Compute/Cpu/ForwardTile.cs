using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <summary>The inner loop of <see cref="CpuKernels.EdgeForward"/>: up to 6 rows × 16 lanes in registers.</summary>
internal static unsafe class ForwardTile
{
    /// <summary>
    /// y[r, l] = s[r, l] + Σ_k w[k, r] · x[columns[k], l] for 16 lanes l, where s is b[r] or, without b, y itself; with
    /// <paramref name="relu"/>, y = max(0, y) at the end.
    /// </summary>
    /// <typeparam name="TRows">Rows to compute. Weights of rows beyond <paramref name="rowCount"/> are read, but not used.</typeparam>
    /// <param name="w">Weights of the first row: [count, stride].</param>
    /// <param name="stride">Rows of the group the weights lie in.</param>
    /// <param name="rows">Where the rows lie in a panel.</param>
    /// <param name="rowCount">Rows to store; at least 1.</param>
    /// <param name="columns">Where the inputs lie in a panel.</param>
    /// <param name="count">Inputs.</param>
    /// <param name="x">Feature 0 of the inputs' panel.</param>
    /// <param name="y">Feature 0 of the outputs' panel.</param>
    /// <param name="bias">b, for all outputs of the layer; null to add to y.</param>
    /// <param name="relu">Whether to end with f(z) = max(0, z).</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TRows>(
        float* w, nint stride, uint* rows, int rowCount, uint* columns, int count, float* x, float* y, float* bias, bool relu)
        where TRows : struct, ITileHeight
    {
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
        if (bias != null)
        {
            sum00 = sum01 = Vector256.Create(bias[rows[0] / Panel.Width]);
            if (rowCount > 1)
                sum10 = sum11 = Vector256.Create(bias[rows[1] / Panel.Width]);
            if (TRows.Count > 2 && rowCount > 2)
                sum20 = sum21 = Vector256.Create(bias[rows[2] / Panel.Width]);
            if (TRows.Count > 3 && rowCount > 3)
                sum30 = sum31 = Vector256.Create(bias[rows[3] / Panel.Width]);
            if (TRows.Count > 4 && rowCount > 4)
                sum40 = sum41 = Vector256.Create(bias[rows[4] / Panel.Width]);
            if (TRows.Count > 5 && rowCount > 5)
                sum50 = sum51 = Vector256.Create(bias[rows[5] / Panel.Width]);
        }
        else
        {
            (sum00, sum01) = (Vector256.Load(y + rows[0]), Vector256.Load(y + rows[0] + 8));
            if (rowCount > 1)
                (sum10, sum11) = (Vector256.Load(y + rows[1]), Vector256.Load(y + rows[1] + 8));
            if (TRows.Count > 2 && rowCount > 2)
                (sum20, sum21) = (Vector256.Load(y + rows[2]), Vector256.Load(y + rows[2] + 8));
            if (TRows.Count > 3 && rowCount > 3)
                (sum30, sum31) = (Vector256.Load(y + rows[3]), Vector256.Load(y + rows[3] + 8));
            if (TRows.Count > 4 && rowCount > 4)
                (sum40, sum41) = (Vector256.Load(y + rows[4]), Vector256.Load(y + rows[4] + 8));
            if (TRows.Count > 5 && rowCount > 5)
                (sum50, sum51) = (Vector256.Load(y + rows[5]), Vector256.Load(y + rows[5] + 8));
        }

        uint* end = columns + count;
        for (; columns < end; columns++)
        {
            float* input = x + *columns;
            var x0 = Vector256.Load(input);
            var x1 = Vector256.Load(input + 8);
            var weight = Vector256.Create(*w);
            sum00 = Vector256.MultiplyAddEstimate(weight, x0, sum00);
            sum01 = Vector256.MultiplyAddEstimate(weight, x1, sum01);
            weight = Vector256.Create(w[1]);
            sum10 = Vector256.MultiplyAddEstimate(weight, x0, sum10);
            sum11 = Vector256.MultiplyAddEstimate(weight, x1, sum11);
            if (TRows.Count > 2)
            {
                weight = Vector256.Create(w[2]);
                sum20 = Vector256.MultiplyAddEstimate(weight, x0, sum20);
                sum21 = Vector256.MultiplyAddEstimate(weight, x1, sum21);
                weight = Vector256.Create(w[3]);
                sum30 = Vector256.MultiplyAddEstimate(weight, x0, sum30);
                sum31 = Vector256.MultiplyAddEstimate(weight, x1, sum31);
            }

            if (TRows.Count > 4)
            {
                weight = Vector256.Create(w[4]);
                sum40 = Vector256.MultiplyAddEstimate(weight, x0, sum40);
                sum41 = Vector256.MultiplyAddEstimate(weight, x1, sum41);
                weight = Vector256.Create(w[5]);
                sum50 = Vector256.MultiplyAddEstimate(weight, x0, sum50);
                sum51 = Vector256.MultiplyAddEstimate(weight, x1, sum51);
            }

            w += stride;
        }

        if (relu)
        {
            (sum00, sum01) = (Relu(sum00), Relu(sum01));
            (sum10, sum11) = (Relu(sum10), Relu(sum11));
            (sum20, sum21) = (Relu(sum20), Relu(sum21));
            (sum30, sum31) = (Relu(sum30), Relu(sum31));
            (sum40, sum41) = (Relu(sum40), Relu(sum41));
            (sum50, sum51) = (Relu(sum50), Relu(sum51));
        }

        Store(sum00, sum01, y + rows[0]);
        if (rowCount > 1)
            Store(sum10, sum11, y + rows[1]);
        if (TRows.Count > 2 && rowCount > 2)
            Store(sum20, sum21, y + rows[2]);
        if (TRows.Count > 3 && rowCount > 3)
            Store(sum30, sum31, y + rows[3]);
        if (TRows.Count > 4 && rowCount > 4)
            Store(sum40, sum41, y + rows[4]);
        if (TRows.Count > 5 && rowCount > 5)
            Store(sum50, sum51, y + rows[5]);
    }

    /// <summary>y = max(0, y) for 16 lanes.</summary>
    public static void Relu(float* y) => Store(Relu(Vector256.Load(y)), Relu(Vector256.Load(y + 8)), y);

    /// <summary>max(0, z); NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Relu(Vector256<float> z) =>
        Vector256.AndNot(z, Vector256.LessThanOrEqual(z, Vector256<float>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<float> low, Vector256<float> high, float* y)
    {
        low.Store(y);
        high.Store(y + 8);
    }
}
