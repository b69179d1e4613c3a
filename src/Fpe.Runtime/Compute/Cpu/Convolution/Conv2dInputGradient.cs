using System.Runtime.CompilerServices;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    public void Conv2dInputGradient(Conv2dShape shape, DeviceBuffer weights, Activations dz, Activations dx, int batch)
    {
        var gradient = new ConvolutionArguments
        {
            Geometry = new ConvolutionGeometry(shape),
            Weights = Floats(weights).Address,
            Image = Panels(dx).Values,
            ImageStride = Panels(dx).PanelStride,
            Output = Panels(dz).Values,
            OutputStride = Panels(dz).PanelStride,
        };
        Run(Panel.Count(batch), &Conv2dInputGradientPanel, &gradient, gradient.Geometry.MultiplyAdds * batch);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Conv2dInputGradientPanel(void* arguments, int panel)
    {
        var gradient = (ConvolutionArguments*)arguments;
        ConvolutionGeometry* g = &gradient->Geometry;
        float* dx = gradient->Image + panel * gradient->ImageStride;
        float* dz = gradient->Output + panel * gradient->OutputStride;
        var segment = new ConvolutionSegment
        {
            WeightStride = g->KernelPixels,
            YStride = g->Pixels * Panel.Width,
            XStep = Panel.Width,
            YStep = g->Stride * Panel.Width,
            Channels = new(g->Filters, g->FanIn, g->OutputPixels * Panel.Width),
        };
        for (int y = 0; y < g->Height; y++)
        {
            (int top, int rows) = g->WindowsOver(y, g->OutputHeight);
            segment.Rows = new(rows, g->Stride * g->Kernel, -g->OutputWidth * Panel.Width);
            nint outputRow = (y + g->Padding - top) / g->Stride * (nint)g->OutputWidth;

            // pixels one stride apart are covered by the same columns of the window
            for (int phase = 0; phase < Math.Min(g->Stride, g->Width); phase++)
            {
                for (int x = phase; x < g->Width; x += segment.Pixels * g->Stride)
                {
                    (int left, int columns) = g->WindowsOver(x, g->OutputWidth);
                    segment.Pixels = 1;
                    while (x + segment.Pixels * g->Stride < g->Width && g->WindowsOver(x + segment.Pixels * g->Stride, g->OutputWidth) == (left, columns))
                        segment.Pixels++;

                    segment.Taps = new(columns, g->Stride, -Panel.Width);
                    segment.Weights = gradient->Weights + top * g->Kernel + left;
                    segment.X = dz + (outputRow + (x + g->Padding - left) / g->Stride) * Panel.Width;
                    segment.Y = dx + (y * (nint)g->Width + x) * Panel.Width;
                    ComputeChannels(&segment, g->Channels);
                }
            }
        }
    }
}
