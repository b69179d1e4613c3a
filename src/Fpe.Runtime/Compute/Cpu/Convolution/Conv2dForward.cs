using System.Runtime.CompilerServices;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    public void Conv2dForward(
        Conv2dShape shape, DeviceBuffer weights, DeviceBuffer bias, ElementFunction function,
        Activations x, Activations? z, Activations y, int batch)
    {
        CpuActivations sums = Panels(z ?? y);
        bool relu = function.Kind == ActivationFunction.Relu && z is null;
        var forward = new ConvolutionArguments
        {
            Geometry = new ConvolutionGeometry(shape),
            Weights = Floats(weights).Address,
            Bias = Floats(bias).Address,
            Relu = relu,
            Image = Panels(x).Values,
            ImageStride = Panels(x).PanelStride,
            Output = sums.Values,
            OutputStride = sums.PanelStride,
        };
        Run(Panel.Count(batch), &Conv2dForwardPanel, &forward, forward.Geometry.MultiplyAdds * batch);
        if (!relu)
            Activate(function, sums, Panels(y), batch);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Conv2dForwardPanel(void* arguments, int panel)
    {
        var forward = (ConvolutionArguments*)arguments;
        ConvolutionGeometry* g = &forward->Geometry;
        float* image = forward->Image + panel * forward->ImageStride;
        float* output = forward->Output + panel * forward->OutputStride;
        for (int group = 0; group < g->Groups; group++)
        {
            float* weights = forward->Weights + group * (nint)g->Filters * g->FanIn;
            ForwardGroup(forward, weights, forward->Bias + group * g->Filters, image, output);
            image += g->Channels * (nint)g->Pixels * Panel.Width;
            output += g->Filters * (nint)g->OutputPixels * Panel.Width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForwardGroup(ConvolutionArguments* forward, float* weights, float* bias, float* image, float* output)
    {
        ConvolutionGeometry* g = &forward->Geometry;
        var segment = new ConvolutionSegment
        {
            WeightStride = g->FanIn,
            Bias = bias,
            Relu = forward->Relu,
            YStride = g->OutputPixels * Panel.Width,
            XStep = g->Columns.Stride * Panel.Width,
            YStep = Panel.Width,
            Channels = new(g->Channels, g->KernelPixels, g->Pixels * Panel.Width),
        };
        for (int oy = 0; oy < g->OutputHeight; oy++)
        {
            (int top, int rows) = g->Rows.WindowAt(oy);
            segment.Rows = new(rows, g->Columns.Kernel, g->Rows.Dilation * (nint)g->Width * Panel.Width);
            for (int ox = 0; ox < g->OutputWidth; ox += segment.Pixels)
            {
                (int left, int columns) = g->Columns.WindowAt(ox);
                segment.Pixels = 1;
                while (ox + segment.Pixels < g->OutputWidth && g->Columns.WindowAt(ox + segment.Pixels) == (left, columns))
                    segment.Pixels++;

                segment.Taps = new(columns, 1, g->Columns.Dilation * Panel.Width);
                segment.Weights = weights + top * g->Columns.Kernel + left;
                segment.X = image + (g->Rows.Seen(oy, top) * (nint)g->Width + g->Columns.Seen(ox, left)) * Panel.Width;
                segment.Y = output + (oy * (nint)g->OutputWidth + ox) * Panel.Width;
                ComputeChannels(&segment, g->Filters);
            }
        }
    }

    /// <summary>Computes all channels of a segment's results, in blocks of the channels of the terms.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ComputeChannels(ConvolutionSegment* segment, int channels)
    {
        ConvolutionLoop all = segment->Channels;
        int blocks = DivideUp(all.Count * Math.Max(1, segment->Rows.Count * segment->Taps.Count), ConvolutionSegment.MaximumTerms);
        if (blocks <= 1)
        {
            ComputeBlock(segment, channels);
            return;
        }

        ConvolutionSegment part = *segment;
        int size = DivideUp(all.Count, blocks);
        for (int first = 0; first < all.Count; first += size)
        {
            part.Channels = all with { Count = Math.Min(size, all.Count - first) };
            part.Weights = segment->Weights + first * all.WeightStep;
            part.X = segment->X + first * all.XStep;
            part.Adds = first > 0;
            part.Relu = segment->Relu && first + size >= all.Count;
            ComputeBlock(&part, channels);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ComputeBlock(ConvolutionSegment* segment, int channels)
    {
        for (int first = 0; first < channels;)
        {
            // 8 = 4 + 4 and 16 = 6 + 6 + 4
            int rest = channels - first;
            if (rest > 8 || rest is 5 or 6)
            {
                ConvolutionTile.Compute<Six>(segment, first, Math.Min(6, rest));
                first += 6;
            }
            else if (rest > 2)
            {
                ConvolutionTile.Compute<Four>(segment, first, Math.Min(4, rest));
                first += 4;
            }
            else if (rest == 2)
            {
                ConvolutionTile.Compute<Two>(segment, first, 2);
                first += 2;
            }
            else
            {
                SingleChannelTile.Compute(segment, first);
                first++;
            }
        }
    }

    private struct ConvolutionArguments
    {
        public ConvolutionGeometry Geometry;
        public float* Weights, Bias, Image, Output;
        public nint ImageStride, OutputStride;
        public bool Relu;
    }
}
