using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    /// <summary>
    /// Rows of the output that all blocks compute one after the other, so that the rows of the image they see stay in the cache, and the
    /// weights over the image are found for many outputs at a time.
    /// </summary>
    private const int FilterBand = 8;

    public void EdgeConv2dForward(
        Conv2dShape shape, DeviceEdges edges, DeviceBuffer weights, DeviceBuffer bias, ActivationFunction function,
        Activations x, Activations? z, Activations y, int batch)
    {
        CpuFilters filters = Filters(edges);
        if (filters.IsDense)
        {
            Conv2dForward(shape, weights, bias, function, x, z, y, batch);
            return;
        }

        CpuActivations sums = Panels(z ?? y);
        bool relu = function == ActivationFunction.Relu && z is null;
        var forward = new FilterArguments(shape, filters, Floats(weights).Address, Panels(x), sums, device.Width)
        {
            Bias = Floats(bias).Address,
            Relu = relu,
        };
        Run(Panel.Count(batch), &EdgeConv2dForwardPanel, &forward, filters.StorageLength * (long)shape.Output.Pixels * batch);
        if (!relu)
            Activate(function, sums, Panels(y), batch);
    }

    /// <exception cref="ArgumentException">The edges are those of another kind of layer.</exception>
    private static CpuFilters Filters(DeviceEdges edges) => edges as CpuFilters
        ?? throw new ArgumentException("The edges are stored as those of a linear layer; prepare the edges of filters with PrepareFilters.", nameof(edges));

    private static void EdgeConv2dForwardPanel(void* arguments, int panel) => ForAllBlocks<FilterForward>((FilterArguments*)arguments, panel);

    /// <summary>Calls for all blocks and places of the window.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForAllBlocks<TProduct>(FilterArguments* arguments, int panel)
        where TProduct : struct, IFilterProduct
    {
        FilterTap* taps = stackalloc FilterTap[FilterRun.MaximumTaps];
        ConvolutionGeometry* g = &arguments->Geometry;
        for (int oy = 0; oy < g->OutputHeight;)
        {
            (int, int) rows = g->WindowAt(oy, g->Height);
            int band = 1;
            while (band < FilterBand && oy + band < g->OutputHeight && g->WindowAt(oy + band, g->Height) == rows)
                band++;
            for (int b = 0; b < arguments->BlockCount; b++)
            {
                for (int ox = 0; ox < g->OutputWidth;)
                {
                    (int, int) columns = g->WindowAt(ox, g->Width);
                    int pixels = 1;
                    while (ox + pixels < g->OutputWidth && g->WindowAt(ox + pixels, g->Width) == columns)
                        pixels++;
                    OfBlock<TProduct>(arguments, panel, arguments->Blocks + b, taps, (oy, band), rows, (ox, pixels), columns);
                    ox += pixels;
                }
            }

            oy += band;
        }
    }

    /// <summary>Calls for a block at places whose windows all see as much of the image.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OfBlock<TProduct>(
        FilterArguments* arguments, int panel, FilterBlock* block, FilterTap* taps,
        (int First, int Count) places, (int, int) rows, (int First, int Count) pixels, (int, int) columns)
        where TProduct : struct, IFilterProduct
    {
        ConvolutionGeometry* g = &arguments->Geometry;
        var run = new FilterRun
        {
            Taps = taps,
            Weights = arguments->Weights + block->FirstWeight,
            WeightStride = block->ColumnCount,
            Filters = block->Rows,
            FilterCount = block->RowCount,
            ImageStep = g->Stride * Panel.Width,
            OutputStride = g->OutputPixels * (nint)Panel.Width,
            Pixels = pixels.Count,
            Width = arguments->Width,
        };
        float* image = arguments->Image + panel * arguments->ImageStride;
        float* output = arguments->Output + panel * arguments->OutputStride;
        int first = 0;
        do
        {
            int end = Math.Min(block->ColumnCount, first + FilterRun.MaximumTaps);
            run.Find(g, block, first, end, rows, columns);
            run.Bias = first == 0 ? arguments->Bias : null;
            run.Relu = end == block->ColumnCount && arguments->Relu;
            for (int oy = places.First; oy < places.First + places.Count; oy++)
            {
                run.Image = image + ((oy * g->Stride - g->Padding) * (nint)g->Width + pixels.First * g->Stride - g->Padding) * Panel.Width;
                run.Output = output + (oy * (nint)g->OutputWidth + pixels.First) * Panel.Width;
                TProduct.Compute(&run);
            }

            first = end;
        }
        while (first < block->ColumnCount);
    }

    /// <summary>What a product over edges gives to its chunks.</summary>
    private readonly struct FilterArguments(
        Conv2dShape shape, CpuFilters filters, float* weights, CpuActivations image, CpuActivations output, VectorWidth width)
    {
        public readonly ConvolutionGeometry Geometry = new(shape);
        public readonly FilterBlock* Blocks = filters.Blocks;
        public readonly int BlockCount = filters.Layout.BlockCount;
        public readonly float* Weights = weights, Image = image.Values, Output = output.Values;
        public readonly nint ImageStride = image.PanelStride, OutputStride = output.PanelStride;
        public readonly VectorWidth Width = width;

        public float* Bias { get; init; }

        public bool Relu { get; init; }
    }
}
