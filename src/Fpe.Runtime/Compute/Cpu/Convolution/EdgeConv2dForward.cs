using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    /// <summary>
    /// Outputs of a filter in a strip: rows of the output that all blocks compute in turn, so that the rows of the image that they read
    /// stay in the second-level cache, and the weights inside the image are determined for many outputs at a time.
    /// </summary>
    private const int StripPixels = 192;

    /// <summary>Outputs of a filter, in all panels of a chunk, for which the weights inside the image are determined together.</summary>
    private const int ChunkPixels = 512;

    public void EdgeConv2dForward(
        Conv2dShape shape, DeviceEdges edges, DeviceBuffer weights, DeviceBuffer bias, ElementFunction function,
        Activations x, Activations? z, Activations y, int batch)
    {
        CpuFilters filters = Filters(edges);
        if (filters.IsDense)
        {
            Conv2dForward(shape, weights, bias, function, x, z, y, batch);
            return;
        }

        CpuActivations sums = Panels(z ?? y);
        bool relu = function.Kind == ActivationFunction.Relu && z is null;
        var forward = new FilterArguments(shape, filters, Floats(weights).Address, Panels(x), sums, batch, device.Width)
        {
            Bias = Floats(bias).Address,
            Relu = relu,
        };
        Run(forward.ChunkCount, &EdgeConv2dForwardChunk, &forward, filters.StorageLength * (long)shape.Output.Pixels * batch);
        if (!relu)
            Activate(function, sums, Panels(y), batch);
    }

    /// <exception cref="ArgumentException">The edges were prepared for another kind of layer.</exception>
    private static CpuFilters Filters(DeviceEdges edges) => edges as CpuFilters
        ?? throw new ArgumentException("The edges were prepared for a linear layer; prepare the edges of filters with PrepareFilters.", nameof(edges));

    private static void EdgeConv2dForwardChunk(void* arguments, int chunk) => ForAllBlocks<FilterForward>((FilterArguments*)arguments, chunk);

    /// <summary>Computes all blocks at all positions of the window, for the panels of a chunk.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForAllBlocks<TProduct>(FilterArguments* arguments, int chunk)
        where TProduct : struct, IFilterProduct
    {
        ConvolutionGeometry* g = &arguments->Geometry;
        for (int oy = 0, height; oy < g->OutputHeight; oy += height)
        {
            (int, int) rows = g->Rows.WindowAt(oy);
            height = 1;
            while (height * g->OutputWidth < StripPixels && oy + height < g->OutputHeight && g->Rows.WindowAt(oy + height) == rows)
                height++;
            for (int b = 0; b < arguments->BlockCount; b++)
                OfBlock<TProduct>(arguments, chunk, arguments->Blocks + b, oy, oy + height, rows);
        }
    }

    /// <summary>Computes a block for rows of the output whose windows contain the same number of rows of the image.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OfBlock<TProduct>(FilterArguments* arguments, int chunk, FilterBlock* block, int firstRow, int endRow, (int, int) rows)
        where TProduct : struct, IFilterProduct
    {
        ConvolutionGeometry* g = &arguments->Geometry;
        FilterPlace* places = stackalloc FilterPlace[FilterSegment.MaximumTaps];
        FilterTap* taps = stackalloc FilterTap[FilterSegment.MaximumTaps];
        var segment = new FilterSegment
        {
            Taps = taps,
            Weights = arguments->Weights + block->FirstWeight,
            WeightStride = block->ColumnCount,
            Filters = block->Rows,
            FilterCount = block->RowCount,
            ImageStep = g->Columns.Stride * Panel.Width,
            OutputStride = g->OutputPixels * (nint)Panel.Width,
            Width = arguments->Width,
        };
        int first = 0;
        do
        {
            int end = Math.Min(block->ColumnCount, first + FilterSegment.MaximumTaps);
            for (int c = first; c < end; c++)
            {
                (int channel, int i, int j) = g->PlaceOf(block->Columns[c]);
                places[c - first] = new FilterPlace(g->DistanceOf(channel, i, j), i, j);
            }

            segment.Bias = first == 0 ? arguments->Bias : null;
            segment.Relu = end == block->ColumnCount && arguments->Relu;
            for (int ox = 0; ox < g->OutputWidth; ox += segment.Pixels)
            {
                (int, int) columns = g->Columns.WindowAt(ox);
                segment.Pixels = 1;
                while (ox + segment.Pixels < g->OutputWidth && g->Columns.WindowAt(ox + segment.Pixels) == columns)
                    segment.Pixels++;
                segment.Find(places, first, end - first, rows, columns);
                for (int panel = arguments->FirstPanel(chunk); panel < arguments->EndPanel(chunk); panel++)
                {
                    float* image = arguments->Image + panel * arguments->ImageStride;
                    float* output = arguments->Output + panel * arguments->OutputStride;
                    for (int oy = firstRow; oy < endRow; oy++)
                    {
                        segment.Image = image + (g->Rows.Start(oy) * (nint)g->Width + g->Columns.Start(ox)) * Panel.Width;
                        segment.Output = output + (oy * (nint)g->OutputWidth + ox) * Panel.Width;
                        TProduct.Compute(&segment);
                    }
                }
            }

            first = end;
        }
        while (first < block->ColumnCount);
    }

    /// <summary>The arguments of the chunks of a product over edges.</summary>
    private readonly struct FilterArguments(
        Conv2dShape shape, CpuFilters filters, float* weights, CpuActivations image, CpuActivations output, int batch, VectorWidth width)
    {
        private readonly int panels = Panel.Count(batch);
        private readonly int chunkPanels = Math.Clamp(ChunkPixels / shape.Output.Pixels, 1, ChunkPanels);

        public readonly ConvolutionGeometry Geometry = new(shape);
        public readonly FilterBlock* Blocks = filters.Blocks;
        public readonly int BlockCount = filters.Layout.BlockCount;
        public readonly float* Weights = weights, Image = image.Values, Output = output.Values;
        public readonly nint ImageStride = image.PanelStride, OutputStride = output.PanelStride;
        public readonly VectorWidth Width = width;

        public float* Bias { get; init; }

        public bool Relu { get; init; }

        public int ChunkCount => DivideUp(panels, chunkPanels);

        public int FirstPanel(int chunk) => chunk * chunkPanels;

        public int EndPanel(int chunk) => Math.Min(panels, FirstPanel(chunk) + chunkPanels);
    }
}
