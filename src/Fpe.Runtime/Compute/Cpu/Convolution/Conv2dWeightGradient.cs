using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    /// <summary>Tiles of taps whose sums (12 KiB) stay in the first-level cache, beside a row of gradients and the rows of inputs it meets.</summary>
    private const int TapTiles = 32;

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
            FilterTiles = DivideUp(shape.Filters, FilterGradientTile.Filters),
            TilesPerRow = DivideUp(geometry.Channels * geometry.Kernel, FilterGradientTile.Taps),
        };
        int blocks = DivideUp(gradient.TilesPerRow * geometry.Kernel, TapTiles);
        Run(gradient.FilterTiles * blocks, &Conv2dWeightGradientChunk, &gradient, geometry.MultiplyAdds * batch);
    }

    /// <summary>All samples for 4 filters and some tiles of taps; with the first of these, the gradient of the biases.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Conv2dWeightGradientChunk(void* arguments, int chunk)
    {
        var gradient = (FilterGradientArguments*)arguments;
        Vector256<float>* memory = stackalloc Vector256<float>[(TapTiles + 1) * FilterGradientTile.Sums + 2];
        int firstTile = chunk / gradient->FilterTiles * TapTiles;
        var sums = new FilterGradientSums
        {
            Values = memory,
            Zeros = (float*)(memory + (TapTiles + 1) * FilterGradientTile.Sums),
            FirstFilter = chunk % gradient->FilterTiles * FilterGradientTile.Filters,
            FirstTile = firstTile,
            EndTile = Math.Min(firstTile + TapTiles, gradient->TilesPerRow * gradient->Geometry.Kernel),
            WithBias = firstTile == 0,
        };
        new Span<float>(memory, ((TapTiles + 1) * FilterGradientTile.Sums + 2) * Vector256<float>.Count).Clear();

        // first the samples that do not fill a vector: what the other lanes summed is thrown away
        int panels = gradient->Batch / Panel.Width;
        int rest = gradient->Batch % Panel.Width;
        for (int lane = rest > 8 ? 8 : 0; rest > 0 && lane >= 0; lane -= 8)
        {
            sums.Add(gradient, panels, lane, lane + 8);
            sums.Keep(rest - lane);
        }

        for (int panel = 0; panel < panels; panel++)
            sums.Add(gradient, panel, 0, Panel.Width);
        sums.Store(gradient);
    }
}

/// <summary>What <see cref="CpuKernels.Conv2dWeightGradient"/> gives to its chunks.</summary>
internal unsafe struct FilterGradientArguments
{
    public ConvolutionGeometry Geometry;
    public float* X, Dz, Dw, Db;
    public nint XStride, DzStride;
    public int Batch, FilterTiles, TilesPerRow;
}
