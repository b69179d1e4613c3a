using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    public void EdgeConv2dWeightGradient(
        Conv2dShape shape, DeviceEdges edges, Activations x, Activations dz, DeviceBuffer weightGradient, DeviceBuffer biasGradient,
        int batch)
    {
        CpuFilters filters = Filters(edges);
        float* dw = Floats(weightGradient).Address;
        if (filters.IsDense)
        {
            Conv2dWeightGradient(shape, x, dz, weightGradient, biasGradient, batch);
        }
        else
        {
            var gradient = new FilterGradientArguments
            {
                Geometry = new ConvolutionGeometry(shape),
                X = Panels(x).Values,
                XStride = Panels(x).PanelStride,
                Dz = Panels(dz).Values,
                DzStride = Panels(dz).PanelStride,
                Dw = dw,
                Db = Floats(biasGradient).Address,
                Batch = batch,
                Blocks = filters.Blocks,
                Pieces = filters.Pieces,
            };
            Run(filters.PieceCount, &EdgeConv2dWeightGradientChunk, &gradient, filters.StorageLength * (long)shape.Output.Pixels * batch);
        }

        foreach (int hole in filters.Holes)
            dw[hole] = 0;
    }

    /// <summary>Computes all samples for a piece; together with the first columns of its filters, the gradient of their biases.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EdgeConv2dWeightGradientChunk(void* arguments, int chunk)
    {
        var gradient = (FilterGradientArguments*)arguments;
        ConvolutionGeometry* g = &gradient->Geometry;
        WindowTap* taps = stackalloc WindowTap[FilterGradientSums.TapsWithRest];
        Vector256<float>* memory = stackalloc Vector256<float>[FilterGradientSums.Vectors];
        FilterPiece piece = gradient->Pieces[chunk];
        FilterBlock* block = gradient->Blocks + piece.Block;
        int end = Math.Min(block->ColumnCount, piece.FirstColumn + FilterGradientSums.MaximumTaps);

        // by row of the window, so that at the upper and lower borders of the image most tiles are either complete or skipped
        int count = 0;
        for (int row = 0; row < g->Rows.Kernel; row++)
        {
            for (int column = piece.FirstColumn; column < end; column++)
            {
                if (g->PlaceOf(block->Columns[column]).Row == row)
                    taps[count++] = WindowTap.Of(g, column, block->Columns[column]);
            }
        }

        int* filters = block->Rows + piece.FirstFilter;
        int last = Math.Min(FilterGradientTile.Filters, block->RowCount - piece.FirstFilter) - 1;
        var sums = new FilterGradientSums(memory, taps, count)
        {
            Filter0 = filters[0],
            Filter1 = filters[Math.Min(1, last)],
            Filter2 = filters[Math.Min(2, last)],
            Filter3 = filters[last],
            FilterCount = last + 1,
            WithBias = piece.FirstColumn == 0,
        };
        sums.AddAll(gradient);
        sums.Store(gradient, gradient->Dw + block->FirstWeight + piece.FirstFilter * (nint)block->ColumnCount, block->ColumnCount);
    }
}
