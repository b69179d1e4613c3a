using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <summary>The inner loop of <see cref="CpuKernels.EdgeWeightGradient"/> for a cell: 8 edges of a column at a time.</summary>
internal static unsafe class CellWeightGradient
{
    /// <summary>Number of edges whose sums are in registers.</summary>
    public const int Edges = 8;

    /// <summary>dw[e] = Σ_s dz[rows[e], s] · x[s] for up to 8 edges of a column.</summary>
    /// <typeparam name="TLanes">The width of a vector.</typeparam>
    /// <typeparam name="TVector">The vector.</typeparam>
    /// <param name="dz">The first panel, from row 0 of the cell.</param>
    /// <param name="dzStride">Floats from one panel of dz to the next.</param>
    /// <param name="rows">Offsets of the rows in a panel; if there are fewer than 8, the last one is repeated.</param>
    /// <param name="count">From 1 to 8.</param>
    /// <param name="x">The input in the first panel.</param>
    /// <param name="xStride">Floats from one panel of x to the next.</param>
    /// <param name="samples">Samples of this and the following panels.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sums<TLanes, TVector>(float* dz, nint dzStride, ushort* rows, int count, float* x, nint xStride, int samples)
        where TLanes : struct, ITileVector<TVector>
    {
        float* dz0 = dz + rows[0];
        float* dz1 = dz + rows[Math.Min(1, count - 1)];
        float* dz2 = dz + rows[Math.Min(2, count - 1)];
        float* dz3 = dz + rows[Math.Min(3, count - 1)];
        float* dz4 = dz + rows[Math.Min(4, count - 1)];
        float* dz5 = dz + rows[Math.Min(5, count - 1)];
        float* dz6 = dz + rows[Math.Min(6, count - 1)];
        float* dz7 = dz + rows[Math.Min(7, count - 1)];
        var sum0 = TLanes.Zero;
        var sum1 = TLanes.Zero;
        var sum2 = TLanes.Zero;
        var sum3 = TLanes.Zero;
        var sum4 = TLanes.Zero;
        var sum5 = TLanes.Zero;
        var sum6 = TLanes.Zero;
        var sum7 = TLanes.Zero;
        nint offset = 0;
        for (; samples >= Panel.Width; samples -= Panel.Width, offset += dzStride, x += xStride)
        {
            var input = TLanes.Load(x);
            sum0 = TLanes.MultiplyAdd(input, TLanes.Load(dz0 + offset), sum0);
            sum1 = TLanes.MultiplyAdd(input, TLanes.Load(dz1 + offset), sum1);
            sum2 = TLanes.MultiplyAdd(input, TLanes.Load(dz2 + offset), sum2);
            sum3 = TLanes.MultiplyAdd(input, TLanes.Load(dz3 + offset), sum3);
            sum4 = TLanes.MultiplyAdd(input, TLanes.Load(dz4 + offset), sum4);
            sum5 = TLanes.MultiplyAdd(input, TLanes.Load(dz5 + offset), sum5);
            sum6 = TLanes.MultiplyAdd(input, TLanes.Load(dz6 + offset), sum6);
            sum7 = TLanes.MultiplyAdd(input, TLanes.Load(dz7 + offset), sum7);
            if (TLanes.Count == Panel.Width)
                continue;
            input = TLanes.Load(x + 8);
            sum0 = TLanes.MultiplyAdd(input, TLanes.Load(dz0 + offset + 8), sum0);
            sum1 = TLanes.MultiplyAdd(input, TLanes.Load(dz1 + offset + 8), sum1);
            sum2 = TLanes.MultiplyAdd(input, TLanes.Load(dz2 + offset + 8), sum2);
            sum3 = TLanes.MultiplyAdd(input, TLanes.Load(dz3 + offset + 8), sum3);
            sum4 = TLanes.MultiplyAdd(input, TLanes.Load(dz4 + offset + 8), sum4);
            sum5 = TLanes.MultiplyAdd(input, TLanes.Load(dz5 + offset + 8), sum5);
            sum6 = TLanes.MultiplyAdd(input, TLanes.Load(dz6 + offset + 8), sum6);
            sum7 = TLanes.MultiplyAdd(input, TLanes.Load(dz7 + offset + 8), sum7);
        }

        for (; samples > 0; samples -= TLanes.Count, offset += TLanes.Count, x += TLanes.Count)
        {
            // lanes beyond the batch may hold NaN, so they are cleared in both factors
            var input = TLanes.Before(TLanes.Load(x), samples);
            sum0 = TLanes.MultiplyAdd(input, TLanes.Before(TLanes.Load(dz0 + offset), samples), sum0);
            sum1 = TLanes.MultiplyAdd(input, TLanes.Before(TLanes.Load(dz1 + offset), samples), sum1);
            sum2 = TLanes.MultiplyAdd(input, TLanes.Before(TLanes.Load(dz2 + offset), samples), sum2);
            sum3 = TLanes.MultiplyAdd(input, TLanes.Before(TLanes.Load(dz3 + offset), samples), sum3);
            sum4 = TLanes.MultiplyAdd(input, TLanes.Before(TLanes.Load(dz4 + offset), samples), sum4);
            sum5 = TLanes.MultiplyAdd(input, TLanes.Before(TLanes.Load(dz5 + offset), samples), sum5);
            sum6 = TLanes.MultiplyAdd(input, TLanes.Before(TLanes.Load(dz6 + offset), samples), sum6);
            sum7 = TLanes.MultiplyAdd(input, TLanes.Before(TLanes.Load(dz7 + offset), samples), sum7);
        }

        return Transpose.Sums(
            TLanes.Fold(sum0), TLanes.Fold(sum1), TLanes.Fold(sum2), TLanes.Fold(sum3),
            TLanes.Fold(sum4), TLanes.Fold(sum5), TLanes.Fold(sum6), TLanes.Fold(sum7));
    }

    /// <summary>dw[e] = dw[e] + Σ_s dz[row of e, s] · x[column of e, s] for all edges of a cell.</summary>
    /// <typeparam name="TLanes">The width of a vector.</typeparam>
    /// <typeparam name="TVector">The vector.</typeparam>
    /// <param name="cell">The cell.</param>
    /// <param name="dz">The first panel, from feature 0 of the layer.</param>
    /// <param name="dzStride">Floats from one panel of dz to the next.</param>
    /// <param name="x">The first panel, from feature 0 of the layer.</param>
    /// <param name="xStride">Floats from one panel of x to the next.</param>
    /// <param name="samples">Samples of this and the following panels.</param>
    /// <param name="weightGradient">A buffer over the edges.</param>
    /// <param name="add">Whether to add to dw; otherwise it is overwritten.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TLanes, TVector>(
        CpuCell* cell, float* dz, nint dzStride, float* x, nint xStride, int samples, float* weightGradient, bool add)
        where TLanes : struct, ITileVector<TVector>
    {
        float* scratch = stackalloc float[Edges];
        dz += cell->FirstRow;

        // the first 8 edges of all columns, then the next 8, and so on, so that edges that read the same rows are adjacent
        int longest = cell->ColumnCount == 0 ? 0 : cell->Columns->Count;
        for (int first = 0; first < longest; first += Edges)
        {
            float* dw = weightGradient + cell->FirstWeight + first;
            ushort* rows = cell->RowsByColumn + first;
            for (int c = 0; c < cell->ColumnCount && cell->Columns[c].Count > first; c++)
            {
                int count = cell->Columns[c].Count;
                int edges = Math.Min(Edges, count - first);
                var sums = Sums<TLanes, TVector>(dz, dzStride, rows, edges, x + cell->Columns[c].Feature, xStride, samples);
                if (edges == Edges)
                {
                    (add ? Vector256.Load(dw) + sums : sums).Store(dw);
                }
                else
                {
                    sums.Store(scratch);
                    for (int e = 0; e < edges; e++)
                        dw[e] = (add ? dw[e] : 0) + scratch[e];
                }

                dw += count;
                rows += count;
            }
        }
    }
}
