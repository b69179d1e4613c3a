using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <summary>
/// The inner loop of <see cref="CpuKernels.EdgeForward"/> for a few samples: the lanes of a vector are 16 rows, whose weights for
/// one input follow each other, so that no lane is computed for nothing.
/// </summary>
internal static unsafe class SampleTile
{
    /// <summary>y[s, r] = b[r] + Σ_k w[k, r] · x[columns[k], s] for 16 rows r and some samples s; with <paramref name="relu"/>, max(0, y).</summary>
    /// <typeparam name="TSamples">Samples: 1, 2 or 4. With fewer than 4, several inputs are summed apart to hide the latency of an addition.</typeparam>
    /// <param name="w">Weights of the first row: [count, stride]; 16 are read for each input.</param>
    /// <param name="stride">Rows of the group the weights lie in.</param>
    /// <param name="columns">Where the inputs lie in a panel.</param>
    /// <param name="count">Inputs.</param>
    /// <param name="x">A tile of <see cref="FewSamples"/>.</param>
    /// <param name="bias">b: 16 numbers.</param>
    /// <param name="y">Receives the results: [samples, 16].</param>
    /// <param name="relu">Whether to end with f(z) = max(0, z).</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TSamples>(float* w, nint stride, uint* columns, int count, float* x, float* bias, float* y, bool relu)
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

        int shift = ShiftOf<TSamples>();
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
    /// y[r, s] += Σ_e w[e] · x[e, s] for the rows r of a tile of single edges and some samples s; four edges are summed apart to hide
    /// the latency of an addition.
    /// </summary>
    /// <typeparam name="TSamples">Samples: 1, 2 or 4.</typeparam>
    /// <param name="tile">The tile.</param>
    /// <param name="w">Its weights.</param>
    /// <param name="x">A tile of <see cref="FewSamples"/>, from column 0 of the tile of edges.</param>
    /// <param name="y">A tile of <see cref="FewSamples"/>, from row 0 of the layer.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add<TSamples>(CpuTile* tile, float* w, float* x, float* y)
        where TSamples : struct, ITileHeight
    {
        int shift = ShiftOf<TSamples>();

        // one load for both numbers of an edge
        var edge = (uint*)tile->ColumnsByRow;
        EdgeRun* end = tile->Rows + tile->RowCount;
        for (EdgeRun* run = tile->Rows; run < end; run++)
        {
            uint* endEdge = edge + run->Count;
            float* row = y + (run->Feature >> shift);
            if (TSamples.Count == 4)
            {
                var four0 = Vector128.Load(row);
                var four1 = Vector128<float>.Zero;
                var four2 = Vector128<float>.Zero;
                var four3 = Vector128<float>.Zero;
                for (; edge <= endEdge - 4; edge += 4)
                {
                    four0 = AddEdge(edge[0], w, x, four0);
                    four1 = AddEdge(edge[1], w, x, four1);
                    four2 = AddEdge(edge[2], w, x, four2);
                    four3 = AddEdge(edge[3], w, x, four3);
                }

                for (; edge < endEdge; edge++)
                    four0 = AddEdge(*edge, w, x, four0);
                ((four0 + four1) + (four2 + four3)).Store(row);
                continue;
            }

            for (int s = 0; s < TSamples.Count; s++)
            {
                float sum0 = row[s], sum1 = 0, sum2 = 0, sum3 = 0;
                uint* next = edge;
                for (; next <= endEdge - 4; next += 4)
                {
                    sum0 = AddEdge(next[0], w, x + s, shift, sum0);
                    sum1 = AddEdge(next[1], w, x + s, shift, sum1);
                    sum2 = AddEdge(next[2], w, x + s, shift, sum2);
                    sum3 = AddEdge(next[3], w, x + s, shift, sum3);
                }

                for (; next < endEdge; next++)
                    sum0 = AddEdge(*next, w, x + s, shift, sum0);
                row[s] = (sum0 + sum1) + (sum2 + sum3);
            }

            edge = endEdge;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> AddEdge(uint edge, float* w, float* x, Vector128<float> sum) =>
        Vector128.MultiplyAddEstimate(Vector128.Create(w[edge >> 16]), Vector128.Load(x + ((edge & 0xFFFF) >> 2)), sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float AddEdge(uint edge, float* w, float* x, int shift, float sum) =>
        float.MultiplyAddEstimate(w[edge >> 16], x[(edge & 0xFFFF) >> shift], sum);

    /// <summary>Bits by which the place of a feature in a panel, of 16 lanes, is that in a tile shifted to the left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ShiftOf<TSamples>()
        where TSamples : struct, ITileHeight => TSamples.Count switch { 1 => 4, 2 => 3, _ => 2 };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<float> low, Vector256<float> high, float* bias, float* y, bool relu)
    {
        low += Vector256.Load(bias);
        high += Vector256.Load(bias + 8);
        (relu ? Lanes8.Relu(low) : low).Store(y);
        (relu ? Lanes8.Relu(high) : high).Store(y + 8);
    }
}
