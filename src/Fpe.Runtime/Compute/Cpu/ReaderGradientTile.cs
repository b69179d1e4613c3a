using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <summary>
/// The inner loop of <see cref="CpuKernels.EdgeWeightGradientThrough"/>: the input gradient of a block for the samples of one panel and 16
/// adjacent columns, of which 8 sums are in registers.
/// </summary>
internal static unsafe class ReaderGradientTile
{
    /// <summary>dx[c, l] = Σ_r w[r, first + c] · dz[r, l] for the lanes l of a panel.</summary>
    /// <param name="width">The width of a vector.</param>
    /// <param name="weights">A buffer over the edges.</param>
    /// <param name="block">The block.</param>
    /// <param name="firstColumn">The first column.</param>
    /// <param name="columnCount">Number of columns, from 1 to 16.</param>
    /// <param name="dz">Feature 0 of the panel of dz.</param>
    /// <param name="dx">Receives the gradients: [16, 16]. Rows after the last column are undefined.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(VectorWidth width, float* weights, CpuBlock* block, int firstColumn, int columnCount, float* dz, float* dx)
    {
        int tile = width == VectorWidth.Bits512 ? 8 : 4;
        for (int c = 0; c < columnCount; c += tile, dx += tile * Panel.Width)
        {
            // if there are fewer columns than those of a tile, the last one is repeated
            int last = columnCount - c - 1;
            if (width == VectorWidth.Bits512)
                EightColumns(weights, block, firstColumn + c, Math.Min(7, last), dz, dx);
            else
                FourColumns(weights, block, firstColumn + c, Math.Min(3, last), dz, dx);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EightColumns(float* weights, CpuBlock* block, int column, int last, float* dz, float* dx)
    {
        var sum0 = Vector512<float>.Zero;
        var sum1 = Vector512<float>.Zero;
        var sum2 = Vector512<float>.Zero;
        var sum3 = Vector512<float>.Zero;
        var sum4 = Vector512<float>.Zero;
        var sum5 = Vector512<float>.Zero;
        var sum6 = Vector512<float>.Zero;
        var sum7 = Vector512<float>.Zero;
        for (int group = 0; group < block->RowCount; group += CpuBlock.GroupHeight)
        {
            nint height = block->HeightAt(group);
            float* w0 = block->Group(weights, group) + column * height;
            float* w1 = w0 + Math.Min(1, last) * height, w2 = w0 + Math.Min(2, last) * height, w3 = w0 + Math.Min(3, last) * height;
            float* w4 = w0 + Math.Min(4, last) * height, w5 = w0 + Math.Min(5, last) * height, w6 = w0 + Math.Min(6, last) * height;
            float* w7 = w0 + last * height;
            uint* rows = block->Rows + group;
            for (nint r = 0; r < height; r++)
            {
                var gradient = Vector512.Load(dz + rows[r]);
                sum0 = Vector512.MultiplyAddEstimate(Vector512.Create(w0[r]), gradient, sum0);
                sum1 = Vector512.MultiplyAddEstimate(Vector512.Create(w1[r]), gradient, sum1);
                sum2 = Vector512.MultiplyAddEstimate(Vector512.Create(w2[r]), gradient, sum2);
                sum3 = Vector512.MultiplyAddEstimate(Vector512.Create(w3[r]), gradient, sum3);
                sum4 = Vector512.MultiplyAddEstimate(Vector512.Create(w4[r]), gradient, sum4);
                sum5 = Vector512.MultiplyAddEstimate(Vector512.Create(w5[r]), gradient, sum5);
                sum6 = Vector512.MultiplyAddEstimate(Vector512.Create(w6[r]), gradient, sum6);
                sum7 = Vector512.MultiplyAddEstimate(Vector512.Create(w7[r]), gradient, sum7);
            }
        }

        sum0.Store(dx);
        sum1.Store(dx + Panel.Width);
        sum2.Store(dx + 2 * Panel.Width);
        sum3.Store(dx + 3 * Panel.Width);
        sum4.Store(dx + 4 * Panel.Width);
        sum5.Store(dx + 5 * Panel.Width);
        sum6.Store(dx + 6 * Panel.Width);
        sum7.Store(dx + 7 * Panel.Width);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourColumns(float* weights, CpuBlock* block, int column, int last, float* dz, float* dx)
    {
        var sum00 = Vector256<float>.Zero;
        var sum01 = Vector256<float>.Zero;
        var sum10 = Vector256<float>.Zero;
        var sum11 = Vector256<float>.Zero;
        var sum20 = Vector256<float>.Zero;
        var sum21 = Vector256<float>.Zero;
        var sum30 = Vector256<float>.Zero;
        var sum31 = Vector256<float>.Zero;
        for (int group = 0; group < block->RowCount; group += CpuBlock.GroupHeight)
        {
            nint height = block->HeightAt(group);
            float* w0 = block->Group(weights, group) + column * height;
            float* w1 = w0 + Math.Min(1, last) * height, w2 = w0 + Math.Min(2, last) * height, w3 = w0 + last * height;
            uint* rows = block->Rows + group;
            for (nint r = 0; r < height; r++)
            {
                var gradient0 = Vector256.Load(dz + rows[r]);
                var gradient1 = Vector256.Load(dz + rows[r] + Vector256<float>.Count);
                var weight = Vector256.Create(w0[r]);
                sum00 = Vector256.MultiplyAddEstimate(weight, gradient0, sum00);
                sum01 = Vector256.MultiplyAddEstimate(weight, gradient1, sum01);
                weight = Vector256.Create(w1[r]);
                sum10 = Vector256.MultiplyAddEstimate(weight, gradient0, sum10);
                sum11 = Vector256.MultiplyAddEstimate(weight, gradient1, sum11);
                weight = Vector256.Create(w2[r]);
                sum20 = Vector256.MultiplyAddEstimate(weight, gradient0, sum20);
                sum21 = Vector256.MultiplyAddEstimate(weight, gradient1, sum21);
                weight = Vector256.Create(w3[r]);
                sum30 = Vector256.MultiplyAddEstimate(weight, gradient0, sum30);
                sum31 = Vector256.MultiplyAddEstimate(weight, gradient1, sum31);
            }
        }

        sum00.Store(dx);
        sum01.Store(dx + Vector256<float>.Count);
        sum10.Store(dx + Panel.Width);
        sum11.Store(dx + Panel.Width + Vector256<float>.Count);
        sum20.Store(dx + 2 * Panel.Width);
        sum21.Store(dx + 2 * Panel.Width + Vector256<float>.Count);
        sum30.Store(dx + 3 * Panel.Width);
        sum31.Store(dx + 3 * Panel.Width + Vector256<float>.Count);
    }
}
