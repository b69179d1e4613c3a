using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    public void Conv2dWeightGradient(
        Conv2dShape shape, Activations x, Activations dz, DeviceBuffer weightGradient, DeviceBuffer biasGradient, int batch)
    {
        var geometry = new ConvolutionGeometry(shape);
        var gradient = new FilterGradientArguments
        {
            Geometry = geometry,
            X = Panels(x).Values,
            XStride = Panels(x).PanelStride,
            Dz = Panels(dz).Values,
            DzStride = Panels(dz).PanelStride,
            Dw = Floats(weightGradient).Address,
            Db = Floats(biasGradient).Address,
            Batch = batch,
            FilterTiles = DivideUp(geometry.Filters, FilterGradientTile.Filters),
            TilesPerRow = DivideUp(geometry.Channels * geometry.Columns.Kernel, FilterGradientTile.Taps),
        };
        gradient.GroupChunks = gradient.FilterTiles * DivideUp(gradient.TilesPerRow * geometry.Rows.Kernel, FilterGradientSums.MaximumTiles);
        Run(geometry.Groups * gradient.GroupChunks, &Conv2dWeightGradientChunk, &gradient, geometry.MultiplyAdds * batch);
    }

    /// <summary>
    /// Computes all samples for 4 filters of a group and some tiles of taps; together with the first of these, the gradient of the biases.
    /// </summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Conv2dWeightGradientChunk(void* arguments, int chunk)
    {
        var gradient = (FilterGradientArguments*)arguments;
        ConvolutionGeometry* g = &gradient->Geometry;
        WindowTap* taps = stackalloc WindowTap[FilterGradientSums.TapsWithRest];
        Vector256<float>* memory = stackalloc Vector256<float>[FilterGradientSums.Vectors];
        (int group, chunk) = Math.DivRem(chunk, gradient->GroupChunks);
        int firstTile = chunk / gradient->FilterTiles * FilterGradientSums.MaximumTiles;
        int endTile = Math.Min(firstTile + FilterGradientSums.MaximumTiles, gradient->TilesPerRow * g->Rows.Kernel);

        // the taps of the first row of the window, channel by channel; then those of the next row
        int count = 0;
        for (int tile = firstTile; tile < endTile; tile++)
        {
            (int i, int tileInRow) = Math.DivRem(tile, gradient->TilesPerRow);
            for (int tap = tileInRow * FilterGradientTile.Taps; tap < (tileInRow + 1) * FilterGradientTile.Taps; tap++)
            {
                (int channel, int j) = Math.DivRem(tap, g->Columns.Kernel);
                int weight = (channel * g->Rows.Kernel + i) * g->Columns.Kernel + j;
                taps[count++] = channel < g->Channels ? WindowTap.Of(g, weight, group * g->Channels + channel, i, j) : WindowTap.None;
            }
        }

        int first = group * g->Filters + chunk % gradient->FilterTiles * FilterGradientTile.Filters;
        int last = Math.Min(first + FilterGradientTile.Filters, (group + 1) * g->Filters) - 1;
        var sums = new FilterGradientSums(memory, taps, count)
        {
            Filter0 = first,
            Filter1 = Math.Min(first + 1, last),
            Filter2 = Math.Min(first + 2, last),
            Filter3 = last,
            FilterCount = last - first + 1,
            WithBias = firstTile == 0,
        };
        sums.AddAll(gradient);
        sums.Store(gradient, gradient->Dw + first * (nint)g->FanIn, g->FanIn);
    }
}

/// <summary>
/// The arguments of the chunks of <see cref="CpuKernels.Conv2dWeightGradient"/> and <see cref="CpuKernels.EdgeConv2dWeightGradient"/>.
/// </summary>
internal unsafe struct FilterGradientArguments
{
    public ConvolutionGeometry Geometry;
    public float* X, Dz, Dw, Db;
    public nint XStride, DzStride;
    public FilterBlock* Blocks;
    public FilterPiece* Pieces;
    public int Batch, FilterTiles, TilesPerRow, GroupChunks;
}
