using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <summary>
/// The inner loop of <see cref="CpuKernels.EdgeForward"/> for a few samples: the lanes of a vector are 16 rows, whose weights for one input
/// are adjacent, so no lane is wasted.
/// </summary>
internal static unsafe class SampleTile
{
    /// <summary>y[s, r] = b[r] + Σ_k w[k, r] · x[columns[k], s] for 16 rows r and some samples s; with <paramref name="relu"/>, max(0, y).</summary>
    /// <typeparam name="TSamples">
    /// Samples: 1, 2 or 4. With fewer than 4, several inputs are summed separately to hide the latency of an addition.
    /// </typeparam>
    /// <param name="w">Weights of the first row: [count, stride]; 16 are read for each input.</param>
    /// <param name="stride">Number of rows of the group that contains the weights.</param>
    /// <param name="columns">Offsets of the inputs in a panel.</param>
    /// <param name="count">Inputs.</param>
    /// <param name="x">Feature 0 of the first sample, in <see cref="FewSamples"/>.</param>
    /// <param name="shift">The result of <see cref="ShiftOf"/>.</param>
    /// <param name="bias">b: 16 numbers.</param>
    /// <param name="y">Receives the results: [samples, 16].</param>
    /// <param name="relu">Whether to end with f(z) = max(0, z).</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TSamples>(float* w, nint stride, uint* columns, int count, float* x, int shift, float* bias, float* y, bool relu)
        where TSamples : struct, ITileHeight
    {
        var sum00 = Vector256<float>.Zero;
        var sum01 = Vector256<float>.Zero;
        var sum10 = Vector256<float>.Zero;
        var sum11 = Vector256<float>.Zero;
        var sum20 = Vector256<float>.Zero;
        var sum21 = Vector256<float>.Zero;
        var sum30 = Vector256<float>.Zero;
        var sum31 = Vector256<float>.Zero;

        int inputs = 4 / TSamples.Count;
        int k = 0;
        for (; k <= count - inputs; k += inputs)
        {
            float* w0 = w;
            var input0 = Vector256.Create(x[columns[k] >> shift]);
            sum00 = Vector256.MultiplyAddEstimate(input0, Vector256.Load(w0), sum00);
            sum01 = Vector256.MultiplyAddEstimate(input0, Vector256.Load(w0 + 8), sum01);
            float* w1 = w + 1 / TSamples.Count * stride;
            var input1 = Vector256.Create(x[(columns[k + 1 / TSamples.Count] >> shift) + 1 % TSamples.Count]);
            sum10 = Vector256.MultiplyAddEstimate(input1, Vector256.Load(w1), sum10);
            sum11 = Vector256.MultiplyAddEstimate(input1, Vector256.Load(w1 + 8), sum11);
            float* w2 = w + 2 / TSamples.Count * stride;
            var input2 = Vector256.Create(x[(columns[k + 2 / TSamples.Count] >> shift) + 2 % TSamples.Count]);
            sum20 = Vector256.MultiplyAddEstimate(input2, Vector256.Load(w2), sum20);
            sum21 = Vector256.MultiplyAddEstimate(input2, Vector256.Load(w2 + 8), sum21);
            float* w3 = w + 3 / TSamples.Count * stride;
            var input3 = Vector256.Create(x[(columns[k + 3 / TSamples.Count] >> shift) + 3 % TSamples.Count]);
            sum30 = Vector256.MultiplyAddEstimate(input3, Vector256.Load(w3), sum30);
            sum31 = Vector256.MultiplyAddEstimate(input3, Vector256.Load(w3 + 8), sum31);
            w += inputs * stride;
        }

        for (; k < count; k++)
        {
            var low = Vector256.Load(w);
            var high = Vector256.Load(w + 8);
            var input = Vector256.Create(x[columns[k] >> shift]);
            sum00 = Vector256.MultiplyAddEstimate(input, low, sum00);
            sum01 = Vector256.MultiplyAddEstimate(input, high, sum01);
            if (TSamples.Count == 2)
            {
                input = Vector256.Create(x[(columns[k] >> shift) + 1]);
                sum10 = Vector256.MultiplyAddEstimate(input, low, sum10);
                sum11 = Vector256.MultiplyAddEstimate(input, high, sum11);
            }

            w += stride;
        }

        if (TSamples.Count == 1)
        {
            Store((sum00 + sum10) + (sum20 + sum30), (sum01 + sum11) + (sum21 + sum31), bias, y, relu);
        }
        else if (TSamples.Count == 2)
        {
            Store(sum00 + sum20, sum01 + sum21, bias, y, relu);
            Store(sum10 + sum30, sum11 + sum31, bias, y + 16, relu);
        }
        else
        {
            Store(sum00, sum01, bias, y, relu);
            Store(sum10, sum11, bias, y + 16, relu);
            Store(sum20, sum21, bias, y + 32, relu);
            Store(sum30, sum31, bias, y + 48, relu);
        }
    }

    /// <summary>
    /// y[r, s] += Σ_e w[e] · x[e, s] for the rows r of a cell and some samples s; four edges are summed separately to hide the latency of
    /// an addition.
    /// </summary>
    /// <typeparam name="TLanes">Lanes of a feature: 1, 2, 4 or 8.</typeparam>
    /// <param name="cell">The cell.</param>
    /// <param name="w">The weights of the cell.</param>
    /// <param name="x">Column 0 of the cell, in <see cref="FewSamples"/>.</param>
    /// <param name="y">Row 0 of the layer, in <see cref="FewSamples"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add<TLanes>(CpuCell* cell, float* w, float* x, float* y)
        where TLanes : struct, ITileHeight
    {
        // one load for both numbers of an edge
        var edge = (uint*)cell->ColumnsByRow;
        EdgeRun* end = cell->Rows + cell->RowCount;
        for (EdgeRun* run = cell->Rows; run < end; run++)
        {
            uint* endEdge = edge + run->Count;
            float* row = y + (run->Feature >> ShiftOf(TLanes.Count));
            var sum0 = Load<TLanes>(row);
            var sum1 = Vector256<float>.Zero;
            var sum2 = Vector256<float>.Zero;
            var sum3 = Vector256<float>.Zero;
            for (; edge <= endEdge - 4; edge += 4)
            {
                sum0 = AddEdge<TLanes>(edge[0], w, x, sum0);
                sum1 = AddEdge<TLanes>(edge[1], w, x, sum1);
                sum2 = AddEdge<TLanes>(edge[2], w, x, sum2);
                sum3 = AddEdge<TLanes>(edge[3], w, x, sum3);
            }

            for (; edge < endEdge; edge++)
                sum0 = AddEdge<TLanes>(*edge, w, x, sum0);
            Store<TLanes>((sum0 + sum1) + (sum2 + sum3), row);
        }
    }

    /// <summary>
    /// Returns the number of bits by which the offset of a feature in a panel of 16 lanes is shifted to the right for fewer lanes.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ShiftOf(int lanes) => lanes switch { 1 => 4, 2 => 3, 4 => 2, _ => 1 };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> AddEdge<TLanes>(uint edge, float* w, float* x, Vector256<float> sum)
        where TLanes : struct, ITileHeight =>
        Vector256.MultiplyAddEstimate(Vector256.Create(w[edge >> 16]), Load<TLanes>(x + ((edge & 0xFFFF) >> ShiftOf(TLanes.Count))), sum);

    /// <summary>Loads the lanes of a feature; further elements are undefined.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Load<TLanes>(float* feature)
        where TLanes : struct, ITileHeight =>
        TLanes.Count == 8 ? Vector256.Load(feature) : Vector128.Load(feature).ToVector256Unsafe();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TLanes>(Vector256<float> sums, float* feature)
        where TLanes : struct, ITileHeight
    {
        if (TLanes.Count == 8)
            sums.Store(feature);
        else if (TLanes.Count == 4)
            sums.GetLower().Store(feature);
        else if (TLanes.Count == 2)
            sums.GetLower().GetLower().Store(feature);
        else
            *feature = sums.ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<float> low, Vector256<float> high, float* bias, float* y, bool relu)
    {
        low += Vector256.Load(bias);
        high += Vector256.Load(bias + 8);
        (relu ? Lanes8.Relu(low) : low).Store(y);
        (relu ? Lanes8.Relu(high) : high).Store(y + 8);
    }
}
