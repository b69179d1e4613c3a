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
        var segment = new ConvolutionSegment
        {
            WeightStride = g->FanIn,
            Bias = forward->Bias,
            Relu = forward->Relu,
            YStride = g->OutputPixels * Panel.Width,
            XStep = g->Stride * Panel.Width,
            YStep = Panel.Width,
            Channels = new(g->Channels, g->KernelPixels, g->Pixels * Panel.Width),
        };
        for (int oy = 0; oy < g->OutputHeight; oy++)
        {
            (int top, int rows) = g->WindowAt(oy, g->Height);
            segment.Rows = new(rows, g->Kernel, g->Width * Panel.Width);
            for (int ox = 0; ox < g->OutputWidth; ox += segment.Pixels)
            {
                (int left, int columns) = g->WindowAt(ox, g->Width);
                segment.Pixels = 1;
                while (ox + segment.Pixels < g->OutputWidth && g->WindowAt(ox + segment.Pixels, g->Width) == (left, columns))
                    segment.Pixels++;

                segment.Taps = new(columns, 1, Panel.Width);
                segment.Weights = forward->Weights + top * g->Kernel + left;
                segment.X = image + ((oy * g->Stride + top - g->Padding) * (nint)g->Width + ox * g->Stride + left - g->Padding) * Panel.Width;
                segment.Y = output + (oy * (nint)g->OutputWidth + ox) * Panel.Width;
                ComputeChannels(&segment, g->Filters);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ComputeChannels(ConvolutionSegment* segment, int channels)
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
            else
            {
                ConvolutionTile.Compute<Two>(segment, first, rest);
                first += 2;
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
