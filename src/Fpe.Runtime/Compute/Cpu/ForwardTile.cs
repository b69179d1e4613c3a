using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <summary>The inner loop of <see cref="CpuKernels.EdgeForward"/>: up to 8 rows × 2 vectors of lanes in registers.</summary>
internal static unsafe class ForwardTile
{
    /// <summary>
    /// y[r, l] = s[r, l] + Σ_k w[k, r] · x[columns[k], l] for the lanes l of two vectors, where s is b[r] or, without b, y itself;
    /// with <paramref name="relu"/>, y = max(0, y) at the end.
    /// </summary>
    /// <typeparam name="TLanes">The width of a vector.</typeparam>
    /// <typeparam name="TVector">The vector.</typeparam>
    /// <typeparam name="TRows">Rows to compute. Weights of rows beyond <paramref name="rowCount"/> are read, but not used.</typeparam>
    /// <param name="w">Weights of the first row: [count, stride].</param>
    /// <param name="stride">Number of rows of the group that contains the weights.</param>
    /// <param name="rows">Offsets of the rows in a panel.</param>
    /// <param name="rowCount">Rows to store; at least 1.</param>
    /// <param name="columns">Offsets of the inputs in a panel.</param>
    /// <param name="count">Inputs.</param>
    /// <param name="x">Feature 0 of the inputs' panel.</param>
    /// <param name="xStride">Floats from one panel of x to the next.</param>
    /// <param name="y">Feature 0 of the outputs' panel.</param>
    /// <param name="yStride">Floats from one panel of y to the next.</param>
    /// <param name="bias">b, for all outputs of the layer; null to add to y.</param>
    /// <param name="relu">Whether to end with f(z) = max(0, z).</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TLanes, TVector, TRows>(
        float* w, nint stride, uint* rows, int rowCount, uint* columns, int count,
        float* x, nint xStride, float* y, nint yStride, float* bias, bool relu)
        where TLanes : struct, ITileVector<TVector>
        where TRows : struct, ITileHeight
    {
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
        nint second = TLanes.Second(yStride);
        if (bias != null)
        {
            sum00 = sum01 = TLanes.Create(bias[rows[0] / Panel.Width]);
            if (rowCount > 1)
                sum10 = sum11 = TLanes.Create(bias[rows[1] / Panel.Width]);
            if (TRows.Count > 2 && rowCount > 2)
                sum20 = sum21 = TLanes.Create(bias[rows[2] / Panel.Width]);
            if (TRows.Count > 3 && rowCount > 3)
                sum30 = sum31 = TLanes.Create(bias[rows[3] / Panel.Width]);
            if (TRows.Count > 4 && rowCount > 4)
                sum40 = sum41 = TLanes.Create(bias[rows[4] / Panel.Width]);
            if (TRows.Count > 5 && rowCount > 5)
                sum50 = sum51 = TLanes.Create(bias[rows[5] / Panel.Width]);
            if (TRows.Count > 6 && rowCount > 6)
                sum60 = sum61 = TLanes.Create(bias[rows[6] / Panel.Width]);
            if (TRows.Count > 7 && rowCount > 7)
                sum70 = sum71 = TLanes.Create(bias[rows[7] / Panel.Width]);
        }
        else
        {
            (sum00, sum01) = (TLanes.Load(y + rows[0]), TLanes.Load(y + rows[0] + second));
            if (rowCount > 1)
                (sum10, sum11) = (TLanes.Load(y + rows[1]), TLanes.Load(y + rows[1] + second));
            if (TRows.Count > 2 && rowCount > 2)
                (sum20, sum21) = (TLanes.Load(y + rows[2]), TLanes.Load(y + rows[2] + second));
            if (TRows.Count > 3 && rowCount > 3)
                (sum30, sum31) = (TLanes.Load(y + rows[3]), TLanes.Load(y + rows[3] + second));
            if (TRows.Count > 4 && rowCount > 4)
                (sum40, sum41) = (TLanes.Load(y + rows[4]), TLanes.Load(y + rows[4] + second));
            if (TRows.Count > 5 && rowCount > 5)
                (sum50, sum51) = (TLanes.Load(y + rows[5]), TLanes.Load(y + rows[5] + second));
            if (TRows.Count > 6 && rowCount > 6)
                (sum60, sum61) = (TLanes.Load(y + rows[6]), TLanes.Load(y + rows[6] + second));
            if (TRows.Count > 7 && rowCount > 7)
                (sum70, sum71) = (TLanes.Load(y + rows[7]), TLanes.Load(y + rows[7] + second));
        }

        uint* end = columns + count;
        for (; columns < end; columns++)
        {
            float* input = x + *columns;
            var x0 = TLanes.Load(input);
            var x1 = TLanes.Load(input + TLanes.Second(xStride));
            var weight = TLanes.Create(*w);
            sum00 = TLanes.MultiplyAdd(weight, x0, sum00);
            sum01 = TLanes.MultiplyAdd(weight, x1, sum01);
            weight = TLanes.Create(w[1]);
            sum10 = TLanes.MultiplyAdd(weight, x0, sum10);
            sum11 = TLanes.MultiplyAdd(weight, x1, sum11);
            if (TRows.Count > 2)
            {
                weight = TLanes.Create(w[2]);
                sum20 = TLanes.MultiplyAdd(weight, x0, sum20);
                sum21 = TLanes.MultiplyAdd(weight, x1, sum21);
                weight = TLanes.Create(w[3]);
                sum30 = TLanes.MultiplyAdd(weight, x0, sum30);
                sum31 = TLanes.MultiplyAdd(weight, x1, sum31);
            }

            if (TRows.Count > 4)
            {
                weight = TLanes.Create(w[4]);
                sum40 = TLanes.MultiplyAdd(weight, x0, sum40);
                sum41 = TLanes.MultiplyAdd(weight, x1, sum41);
                weight = TLanes.Create(w[5]);
                sum50 = TLanes.MultiplyAdd(weight, x0, sum50);
                sum51 = TLanes.MultiplyAdd(weight, x1, sum51);
            }

            if (TRows.Count > 6)
            {
                weight = TLanes.Create(w[6]);
                sum60 = TLanes.MultiplyAdd(weight, x0, sum60);
                sum61 = TLanes.MultiplyAdd(weight, x1, sum61);
                weight = TLanes.Create(w[7]);
                sum70 = TLanes.MultiplyAdd(weight, x0, sum70);
                sum71 = TLanes.MultiplyAdd(weight, x1, sum71);
            }

            w += stride;
        }

        if (relu)
        {
            (sum00, sum01) = (TLanes.Relu(sum00), TLanes.Relu(sum01));
            (sum10, sum11) = (TLanes.Relu(sum10), TLanes.Relu(sum11));
            (sum20, sum21) = (TLanes.Relu(sum20), TLanes.Relu(sum21));
            (sum30, sum31) = (TLanes.Relu(sum30), TLanes.Relu(sum31));
            (sum40, sum41) = (TLanes.Relu(sum40), TLanes.Relu(sum41));
            (sum50, sum51) = (TLanes.Relu(sum50), TLanes.Relu(sum51));
            (sum60, sum61) = (TLanes.Relu(sum60), TLanes.Relu(sum61));
            (sum70, sum71) = (TLanes.Relu(sum70), TLanes.Relu(sum71));
        }

        VectorPair<TLanes, TVector>.Store(sum00, sum01, y + rows[0], second);
        if (rowCount > 1)
            VectorPair<TLanes, TVector>.Store(sum10, sum11, y + rows[1], second);
        if (TRows.Count > 2 && rowCount > 2)
            VectorPair<TLanes, TVector>.Store(sum20, sum21, y + rows[2], second);
        if (TRows.Count > 3 && rowCount > 3)
            VectorPair<TLanes, TVector>.Store(sum30, sum31, y + rows[3], second);
        if (TRows.Count > 4 && rowCount > 4)
            VectorPair<TLanes, TVector>.Store(sum40, sum41, y + rows[4], second);
        if (TRows.Count > 5 && rowCount > 5)
            VectorPair<TLanes, TVector>.Store(sum50, sum51, y + rows[5], second);
        if (TRows.Count > 6 && rowCount > 6)
            VectorPair<TLanes, TVector>.Store(sum60, sum61, y + rows[6], second);
        if (TRows.Count > 7 && rowCount > 7)
            VectorPair<TLanes, TVector>.Store(sum70, sum71, y + rows[7], second);
    }

    /// <summary>Computes y = max(0, y) for the 16 lanes of a feature.</summary>
    public static void Relu(float* y)
    {
        Lanes8.Relu(Vector256.Load(y)).Store(y);
        Lanes8.Relu(Vector256.Load(y + 8)).Store(y + 8);
    }
}
