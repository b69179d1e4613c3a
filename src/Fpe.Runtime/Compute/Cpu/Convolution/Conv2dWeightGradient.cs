using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    /// <summary>
    /// Fewest filters and channels of a group for which <see cref="FilterOuterProducts{TLanes, TVector, TTaps}"/> are faster: with fewer, its
    /// vectors are partly empty, or its tiles consist of several columns of the window, which see different places.
    /// </summary>
    private const int FewestOuterFilters = 12, FewestOuterChannels = 4;

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
        };
        if (geometry.Filters >= FewestOuterFilters && geometry.Channels >= FewestOuterChannels)
        {
            OuterProducts(&gradient);
            return;
        }

        gradient.FilterTiles = DivideUp(geometry.Filters, FilterGradientTile.Filters);
        gradient.TilesPerRow = DivideUp(geometry.Channels * geometry.Columns.Kernel, FilterGradientTile.Taps);
        gradient.GroupChunks = gradient.FilterTiles * DivideUp(gradient.TilesPerRow * geometry.Rows.Kernel, FilterGradientSums.MaximumTiles);
        Run(geometry.Groups * gradient.GroupChunks, &Conv2dWeightGradientChunk, &gradient, geometry.MultiplyAdds * batch);
    }

    private void OuterProducts(FilterGradientArguments* gradient)
    {
        ConvolutionGeometry* g = &gradient->Geometry;
        int wide = 2 * Lanes16.Count, narrow = 2 * Lanes8.Count;

        // with wide vectors, at least three quarters of them must be filters
        gradient->IsWide = device.Width == VectorWidth.Bits512 && 4 * g->Filters >= 3 * wide * DivideUp(g->Filters, wide);
        gradient->FilterTiles = DivideUp(g->Filters, gradient->IsWide ? wide : narrow);
        gradient->TilesPerRow = DivideUp(g->Channels * g->Columns.Kernel, gradient->IsWide ? Eight.Count : Six.Count);
        int tiles = gradient->TilesPerRow * g->Rows.Kernel;

        // each range transposes the gradients and reads the images again, so there are no more than the threads need
        int threads = device.Threads;
        int wanted = threads > 1 ? DivideUp(4 * threads, g->Groups * gradient->FilterTiles) : 1;
        int ranges = Math.Max(DivideUp(tiles, FilterGradientArguments.OuterTiles), Math.Min(wanted, DivideUp(tiles, 8)));
        gradient->TilesPerChunk = DivideUp(tiles, ranges);
        gradient->GroupChunks = gradient->FilterTiles * DivideUp(tiles, gradient->TilesPerChunk);
        Run(g->Groups * gradient->GroupChunks, &OuterProductsChunk, gradient, g->MultiplyAdds * gradient->Batch);
    }

    /// <summary>Computes all samples for 16 or 32 filters of a group and a range of tiles.</summary>
    private static void OuterProductsChunk(void* arguments, int chunk)
    {
        var gradient = (FilterGradientArguments*)arguments;
        (int group, chunk) = Math.DivRem(chunk, gradient->GroupChunks);
        (int range, int block) = Math.DivRem(chunk, gradient->FilterTiles);
        int first = range * gradient->TilesPerChunk;
        int tiles = Math.Min(gradient->TilesPerChunk, gradient->TilesPerRow * gradient->Geometry.Rows.Kernel - first);
        if (gradient->IsWide)
            FilterOuterProducts<Lanes16, Vector512<float>, Eight>.Compute(gradient, group, block, first, tiles);
        else
            FilterOuterProducts<Lanes8, Vector256<float>, Six>.Compute(gradient, group, block, first, tiles);
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
    /// <summary>
    /// Maximum number of tiles of <see cref="FilterOuterProducts{TLanes, TVector, TTaps}"/> in a chunk; their sums (48 KiB) stay in the
    /// second-level cache.
    /// </summary>
    public const int OuterTiles = 48;

    public ConvolutionGeometry Geometry;
    public float* X, Dz, Dw, Db;
    public nint XStride, DzStride;
    public FilterBlock* Blocks;
    public FilterPiece* Pieces;
    public int Batch, FilterTiles, TilesPerRow, TilesPerChunk, GroupChunks;

    /// <summary>Whether outer products use vectors of 16 filters.</summary>
    public bool IsWide;
}
