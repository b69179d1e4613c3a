using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <summary>
/// The inner loop over a tile's edges, of which every one is a weight times the lanes of a feature, added to the lanes of another:
/// the forward pass goes row by row, the input gradient column by column.
/// </summary>
internal static unsafe class TileProduct
{
    /// <summary>y[r, l] += Σ_e w[e] · x[e, l] for the first 8 lanes l; four edges are summed apart to hide the latency of an addition.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddFew(EdgeRun* runs, int runCount, IndexedEdge* edges, float* w, float* x, float* y)
    {
        EdgeRun* end = runs + runCount;
        for (; runs < end; runs++)
        {
            var sum0 = Vector256.Load(y + runs->Feature);
            var sum1 = Vector256<float>.Zero;
            var sum2 = Vector256<float>.Zero;
            var sum3 = Vector256<float>.Zero;
            IndexedEdge* endEdge = edges + runs->Count;
            for (; edges <= endEdge - 4; edges += 4)
            {
                sum0 = Vector256.MultiplyAddEstimate(Vector256.Create(w[edges->Weight]), Vector256.Load(x + edges->Offset), sum0);
                sum1 = Vector256.MultiplyAddEstimate(Vector256.Create(w[edges[1].Weight]), Vector256.Load(x + edges[1].Offset), sum1);
                sum2 = Vector256.MultiplyAddEstimate(Vector256.Create(w[edges[2].Weight]), Vector256.Load(x + edges[2].Offset), sum2);
                sum3 = Vector256.MultiplyAddEstimate(Vector256.Create(w[edges[3].Weight]), Vector256.Load(x + edges[3].Offset), sum3);
            }

            for (; edges < endEdge; edges++)
                sum0 = Vector256.MultiplyAddEstimate(Vector256.Create(w[edges->Weight]), Vector256.Load(x + edges->Offset), sum0);
            ((sum0 + sum1) + (sum2 + sum3)).Store(y + runs->Feature);
        }
    }

    /// <summary>As <see cref="Add{TPanels, TEdge}"/>, for any number of panels.</summary>
    public static void AddAll<TEdge>(
        int panels, EdgeRun* runs, int runCount, TEdge* edges, float* w, float* x, nint xStride, float* y, nint yStride)
        where TEdge : unmanaged
    {
        for (; panels >= 4; panels -= 4, x += 4 * xStride, y += 4 * yStride)
            Add<Four, TEdge>(runs, runCount, edges, w, x, xStride, y, yStride);
        if (panels >= 2)
        {
            Add<Two, TEdge>(runs, runCount, edges, w, x, xStride, y, yStride);
            x += 2 * xStride;
            y += 2 * yStride;
        }

        if (panels % 2 == 1)
            Add<One, TEdge>(runs, runCount, edges, w, x, xStride, y, yStride);
    }

    /// <summary>y[r, l] += Σ_e w[e] · x[e, l], for the runs r of a tile and the lanes l of up to 4 panels.</summary>
    /// <typeparam name="TPanels">Panels: 1, 2 or 4.</typeparam>
    /// <typeparam name="TEdge">How an edge is stored: <see cref="IndexedEdge"/>, or by its offset only where weights follow each other.</typeparam>
    /// <param name="runs">Where the sums lie in a panel of y, and how many edges each has.</param>
    /// <param name="runCount">Number of runs.</param>
    /// <param name="edges">The edges of all runs, one behind the other.</param>
    /// <param name="w">The tile's weights.</param>
    /// <param name="x">The first panel, from feature 0 of the tile.</param>
    /// <param name="xStride">Floats from a panel of x to the next.</param>
    /// <param name="y">The first panel, from feature 0 of the layer.</param>
    /// <param name="yStride">Floats from a panel of y to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add<TPanels, TEdge>(
        EdgeRun* runs, int runCount, TEdge* edges, float* w, float* x, nint xStride, float* y, nint yStride)
        where TPanels : struct, ITileHeight
        where TEdge : unmanaged
    {
        float* x1 = x + xStride, x2 = x1 + xStride, x3 = x2 + xStride;
        EdgeRun* end = runs + runCount;
        for (; runs < end; runs++)
        {
            float* y0 = y + runs->Feature;
            float* y1 = y0 + yStride;
            float* y2 = y1 + yStride;
            float* y3 = y2 + yStride;
            var sum00 = Vector256<float>.Zero;
            var sum01 = Vector256<float>.Zero;
            var sum10 = Vector256<float>.Zero;
            var sum11 = Vector256<float>.Zero;
            var sum20 = Vector256<float>.Zero;
            var sum21 = Vector256<float>.Zero;
            var sum30 = Vector256<float>.Zero;
            var sum31 = Vector256<float>.Zero;

            TEdge* endEdge = edges + runs->Count;
            for (; edges < endEdge; edges++)
            {
                nint offset;
                Vector256<float> weight;
                if (typeof(TEdge) == typeof(IndexedEdge))
                {
                    // one load for both numbers: loads are what limits this loop
                    uint edge = *(uint*)edges;
                    offset = (nint)(edge & 0xFFFF);
                    weight = Vector256.Create(w[edge >> 16]);
                }
                else
                {
                    offset = *(ushort*)edges;
                    weight = Vector256.Create(*w++);
                }

                sum00 = Vector256.MultiplyAddEstimate(weight, Vector256.Load(x + offset), sum00);
                sum01 = Vector256.MultiplyAddEstimate(weight, Vector256.Load(x + offset + 8), sum01);
                if (TPanels.Count > 1)
                {
                    sum10 = Vector256.MultiplyAddEstimate(weight, Vector256.Load(x1 + offset), sum10);
                    sum11 = Vector256.MultiplyAddEstimate(weight, Vector256.Load(x1 + offset + 8), sum11);
                }

                if (TPanels.Count > 2)
                {
                    sum20 = Vector256.MultiplyAddEstimate(weight, Vector256.Load(x2 + offset), sum20);
                    sum21 = Vector256.MultiplyAddEstimate(weight, Vector256.Load(x2 + offset + 8), sum21);
                    sum30 = Vector256.MultiplyAddEstimate(weight, Vector256.Load(x3 + offset), sum30);
                    sum31 = Vector256.MultiplyAddEstimate(weight, Vector256.Load(x3 + offset + 8), sum31);
                }
            }

            (Vector256.Load(y0) + sum00).Store(y0);
            (Vector256.Load(y0 + 8) + sum01).Store(y0 + 8);
            if (TPanels.Count > 1)
            {
                (Vector256.Load(y1) + sum10).Store(y1);
                (Vector256.Load(y1 + 8) + sum11).Store(y1 + 8);
            }

            if (TPanels.Count > 2)
            {
                (Vector256.Load(y2) + sum20).Store(y2);
                (Vector256.Load(y2 + 8) + sum21).Store(y2 + 8);
                (Vector256.Load(y3) + sum30).Store(y3);
                (Vector256.Load(y3 + 8) + sum31).Store(y3 + 8);
            }
        }
    }
}
