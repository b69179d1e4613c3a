using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <summary>The inner loop of <see cref="CpuKernels.EdgeWeightGradient"/> for a tile of single edges: 8 edges of a column at a time.</summary>
internal static unsafe class TileWeightGradient
{
    /// <summary>Edges whose sums are in registers.</summary>
    public const int Edges = 8;

    /// <summary>dw[e] = Σ_s dz[rows[e], s] · x[s] for up to 8 edges of a column.</summary>
    /// <param name="dz">The first panel, from row 0 of the tile.</param>
    /// <param name="dzStride">Floats from a panel of dz to the next.</param>
    /// <param name="rows">Where the rows lie in a panel; where there are fewer than 8, the last stands for the others too.</param>
    /// <param name="count">From 1 to 8.</param>
    /// <param name="x">The input in the first panel.</param>
    /// <param name="xStride">Floats from a panel of x to the next.</param>
    /// <param name="samples">Samples of this and the following panels.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sums(float* dz, nint dzStride, ushort* rows, int count, float* x, nint xStride, int samples)
    {
        float* dz0 = dz + rows[0];
        float* dz1 = dz + rows[Math.Min(1, count - 1)];
        float* dz2 = dz + rows[Math.Min(2, count - 1)];
        float* dz3 = dz + rows[Math.Min(3, count - 1)];
        float* dz4 = dz + rows[Math.Min(4, count - 1)];
        float* dz5 = dz + rows[Math.Min(5, count - 1)];
        float* dz6 = dz + rows[Math.Min(6, count - 1)];
        float* dz7 = dz + rows[Math.Min(7, count - 1)];
        var sum0 = Vector256<float>.Zero;
        var sum1 = Vector256<float>.Zero;
        var sum2 = Vector256<float>.Zero;
        var sum3 = Vector256<float>.Zero;
        var sum4 = Vector256<float>.Zero;
        var sum5 = Vector256<float>.Zero;
        var sum6 = Vector256<float>.Zero;
        var sum7 = Vector256<float>.Zero;
        nint offset = 0;
        for (; samples >= Panel.Width; samples -= Panel.Width, offset += dzStride, x += xStride)
        {
            var low = Vector256.Load(x);
            var high = Vector256.Load(x + 8);
            sum0 = Vector256.MultiplyAddEstimate(low, Vector256.Load(dz0 + offset), sum0);
            sum1 = Vector256.MultiplyAddEstimate(low, Vector256.Load(dz1 + offset), sum1);
            sum2 = Vector256.MultiplyAddEstimate(low, Vector256.Load(dz2 + offset), sum2);
            sum3 = Vector256.MultiplyAddEstimate(low, Vector256.Load(dz3 + offset), sum3);
            sum4 = Vector256.MultiplyAddEstimate(low, Vector256.Load(dz4 + offset), sum4);
            sum5 = Vector256.MultiplyAddEstimate(low, Vector256.Load(dz5 + offset), sum5);
            sum6 = Vector256.MultiplyAddEstimate(low, Vector256.Load(dz6 + offset), sum6);
            sum7 = Vector256.MultiplyAddEstimate(low, Vector256.Load(dz7 + offset), sum7);
            sum0 = Vector256.MultiplyAddEstimate(high, Vector256.Load(dz0 + offset + 8), sum0);
            sum1 = Vector256.MultiplyAddEstimate(high, Vector256.Load(dz1 + offset + 8), sum1);
            sum2 = Vector256.MultiplyAddEstimate(high, Vector256.Load(dz2 + offset + 8), sum2);
            sum3 = Vector256.MultiplyAddEstimate(high, Vector256.Load(dz3 + offset + 8), sum3);
            sum4 = Vector256.MultiplyAddEstimate(high, Vector256.Load(dz4 + offset + 8), sum4);
            sum5 = Vector256.MultiplyAddEstimate(high, Vector256.Load(dz5 + offset + 8), sum5);
            sum6 = Vector256.MultiplyAddEstimate(high, Vector256.Load(dz6 + offset + 8), sum6);
            sum7 = Vector256.MultiplyAddEstimate(high, Vector256.Load(dz7 + offset + 8), sum7);
        }

        for (; samples > 0; samples -= Vector256<float>.Count, offset += Vector256<float>.Count, x += Vector256<float>.Count)
        {
            // lanes beyond the batch may hold NaN, so they are cleared in both factors
            var mask = LaneMask.Before(samples).AsSingle();
            var input = Vector256.Load(x) & mask;
            sum0 = Vector256.MultiplyAddEstimate(input, Vector256.Load(dz0 + offset) & mask, sum0);
            sum1 = Vector256.MultiplyAddEstimate(input, Vector256.Load(dz1 + offset) & mask, sum1);
            sum2 = Vector256.MultiplyAddEstimate(input, Vector256.Load(dz2 + offset) & mask, sum2);
            sum3 = Vector256.MultiplyAddEstimate(input, Vector256.Load(dz3 + offset) & mask, sum3);
            sum4 = Vector256.MultiplyAddEstimate(input, Vector256.Load(dz4 + offset) & mask, sum4);
            sum5 = Vector256.MultiplyAddEstimate(input, Vector256.Load(dz5 + offset) & mask, sum5);
            sum6 = Vector256.MultiplyAddEstimate(input, Vector256.Load(dz6 + offset) & mask, sum6);
            sum7 = Vector256.MultiplyAddEstimate(input, Vector256.Load(dz7 + offset) & mask, sum7);
        }

        return Transpose.Sums(sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7);
    }

    /// <summary>dw[e] = dw[e] + Σ_s dz[row of e, s] · x[column of e, s] for all edges of a tile.</summary>
    /// <param name="tile">The tile.</param>
    /// <param name="dz">The first panel, from feature 0 of the layer.</param>
    /// <param name="dzStride">Floats from a panel of dz to the next.</param>
    /// <param name="x">The first panel, from feature 0 of the layer.</param>
    /// <param name="xStride">Floats from a panel of x to the next.</param>
    /// <param name="samples">Samples of this and the following panels.</param>
    /// <param name="weightGradient">A buffer over the edges.</param>
    /// <param name="add">Whether to add to dw; else it is overwritten (=).</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(
        CpuTile* tile, float* dz, nint dzStride, float* x, nint xStride, int samples, float* weightGradient, bool add)
    {
        float* scratch = stackalloc float[Edges];
        dz += tile->FirstRow;

        // the first 8 edges of all columns, then the next 8, and so on: edges that read the same rows follow each other
        int longest = tile->ColumnCount == 0 ? 0 : tile->Columns->Count;
        for (int first = 0; first < longest; first += Edges)
        {
            float* dw = weightGradient + tile->FirstWeight + first;
            ushort* rows = tile->RowsByColumn + first;
            for (int c = 0; c < tile->ColumnCount && tile->Columns[c].Count > first; c++)
            {
                int count = tile->Columns[c].Count;
                int edges = Math.Min(Edges, count - first);
                var sums = Sums(dz, dzStride, rows, edges, x + tile->Columns[c].Feature, xStride, samples);
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
