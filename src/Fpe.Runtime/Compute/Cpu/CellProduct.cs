using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <summary>
/// The inner loop over the edges of a cell. Each edge adds a weight times the lanes of one feature to the lanes of another: row by row in
/// the forward pass, column by column for the input gradient.
/// </summary>
internal static unsafe class CellProduct
{
    /// <summary>Like <see cref="Add{TLanes, TVector, TPairs, TEdge}"/>, for any number of panels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddAll<TEdge>(
        VectorWidth width, int panels, EdgeRun* runs, int runCount, TEdge* edges, float* w, float* x, nint xStride, float* y, nint yStride)
        where TEdge : unmanaged
    {
        for (int count; panels > 0; panels -= count, x += count * xStride, y += count * yStride)
        {
            count = panels >= 4 ? 4 : panels >= 2 ? 2 : 1;
            switch (width, count)
            {
                case (VectorWidth.Bits512, 4):
                    Add<Lanes16, Vector512<float>, Two, TEdge>(runs, runCount, edges, w, x, xStride, y, yStride);
                    break;
                case (VectorWidth.Bits512, 2):
                    Add<Lanes16, Vector512<float>, One, TEdge>(runs, runCount, edges, w, x, xStride, y, yStride);
                    break;
                case (_, 4):
                    Add<Lanes8, Vector256<float>, Four, TEdge>(runs, runCount, edges, w, x, xStride, y, yStride);
                    break;
                case (_, 2):
                    Add<Lanes8, Vector256<float>, Two, TEdge>(runs, runCount, edges, w, x, xStride, y, yStride);
                    break;
                default:
                    Add<Lanes8, Vector256<float>, One, TEdge>(runs, runCount, edges, w, x, xStride, y, yStride);
                    break;
            }
        }
    }

    /// <summary>y[r, l] += Σ_e w[e] · x[e, l], for the runs r of a cell and the lanes l of up to 4 pairs of vectors.</summary>
    /// <typeparam name="TLanes">The width of a vector.</typeparam>
    /// <typeparam name="TVector">The vector.</typeparam>
    /// <typeparam name="TPairs">Pairs of vectors: 1, 2 or 4.</typeparam>
    /// <typeparam name="TEdge">How an edge is stored: <see cref="IndexedEdge"/>, or only its offset if weights are adjacent.</typeparam>
    /// <param name="runs">The offset of each sum in a panel of y, and its number of edges.</param>
    /// <param name="runCount">Number of runs.</param>
    /// <param name="edges">The edges of all runs, in order.</param>
    /// <param name="w">The weights of the cell.</param>
    /// <param name="x">The first panel, from feature 0 of the cell.</param>
    /// <param name="xStride">Floats from one panel of x to the next.</param>
    /// <param name="y">The first panel, from feature 0 of the layer.</param>
    /// <param name="yStride">Floats from one panel of y to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add<TLanes, TVector, TPairs, TEdge>(
        EdgeRun* runs, int runCount, TEdge* edges, float* w, float* x, nint xStride, float* y, nint yStride)
        where TLanes : struct, ITileVector<TVector>
        where TPairs : struct, ITileHeight
        where TEdge : unmanaged
    {
        nint xSecond = TLanes.Second(xStride), ySecond = TLanes.Second(yStride);
        nint xPair = xStride * (TLanes.Count * 2 / Panel.Width), yPair = yStride * (TLanes.Count * 2 / Panel.Width);
        float* x1 = x + xPair, x2 = x1 + xPair, x3 = x2 + xPair;
        EdgeRun* end = runs + runCount;
        for (; runs < end; runs++)
        {
            float* y0 = y + runs->Feature;
            float* y1 = y0 + yPair;
            float* y2 = y1 + yPair;
            float* y3 = y2 + yPair;
            var sum00 = TLanes.Zero;
            var sum01 = TLanes.Zero;
            var sum10 = TLanes.Zero;
            var sum11 = TLanes.Zero;
            var sum20 = TLanes.Zero;
            var sum21 = TLanes.Zero;
            var sum30 = TLanes.Zero;
            var sum31 = TLanes.Zero;

            TEdge* endEdge = edges + runs->Count;
            for (; edges < endEdge; edges++)
            {
                nint offset;
                TVector weight;
                if (typeof(TEdge) == typeof(IndexedEdge))
                {
                    // one load for both numbers, because loads limit this loop
                    uint edge = *(uint*)edges;
                    offset = (nint)(edge & 0xFFFF);
                    weight = TLanes.Create(w[edge >> 16]);
                }
                else
                {
                    offset = *(ushort*)edges;
                    weight = TLanes.Create(*w++);
                }

                sum00 = TLanes.MultiplyAdd(weight, TLanes.Load(x + offset), sum00);
                sum01 = TLanes.MultiplyAdd(weight, TLanes.Load(x + offset + xSecond), sum01);
                if (TPairs.Count > 1)
                {
                    sum10 = TLanes.MultiplyAdd(weight, TLanes.Load(x1 + offset), sum10);
                    sum11 = TLanes.MultiplyAdd(weight, TLanes.Load(x1 + offset + xSecond), sum11);
                }

                if (TPairs.Count > 2)
                {
                    sum20 = TLanes.MultiplyAdd(weight, TLanes.Load(x2 + offset), sum20);
                    sum21 = TLanes.MultiplyAdd(weight, TLanes.Load(x2 + offset + xSecond), sum21);
                    sum30 = TLanes.MultiplyAdd(weight, TLanes.Load(x3 + offset), sum30);
                    sum31 = TLanes.MultiplyAdd(weight, TLanes.Load(x3 + offset + xSecond), sum31);
                }
            }

            VectorPair<TLanes, TVector>.Add(sum00, sum01, y0, ySecond);
            if (TPairs.Count > 1)
                VectorPair<TLanes, TVector>.Add(sum10, sum11, y1, ySecond);
            if (TPairs.Count > 2)
            {
                VectorPair<TLanes, TVector>.Add(sum20, sum21, y2, ySecond);
                VectorPair<TLanes, TVector>.Add(sum30, sum31, y3, ySecond);
            }
        }
    }
}
