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
        for (int group = 0; group < g->Groups; group++)
        {
            InputGradientOfGroup(gradient, gradient->Weights + group * (nint)g->Filters * g->FanIn, dx, dz);
            dx += g->Channels * (nint)g->Pixels * Panel.Width;
            dz += g->Filters * (nint)g->OutputPixels * Panel.Width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void InputGradientOfGroup(ConvolutionArguments* gradient, float* weights, float* dx, float* dz)
    {
        ConvolutionGeometry* g = &gradient->Geometry;
        var segment = new ConvolutionSegment
        {
            WeightStride = g->KernelPixels,
            YStride = g->Pixels * Panel.Width,
            XStep = Panel.Width,
            YStep = g->Columns.Stride * Panel.Width,
            Channels = new(g->Filters, g->FanIn, g->OutputPixels * Panel.Width),
        };
        int stride = g->Columns.Stride;
        for (int y = 0; y < g->Height; y++)
        {
            (int top, int rows) = g->Rows.WindowsOver(y);
            segment.Rows = new(rows, g->Rows.KernelStep * g->Columns.Kernel, -g->Rows.PlaceStep * (nint)g->OutputWidth * Panel.Width);
            nint outputRow = g->Rows.OutputOver(y, top) * (nint)g->OutputWidth;

            // pixels one stride apart are covered by the same columns of the window
            for (int phase = 0; phase < Math.Min(stride, g->Width); phase++)
            {
                for (int x = phase; x < g->Width; x += segment.Pixels * stride)
                {
                    (int left, int columns) = g->Columns.WindowsOver(x);
                    segment.Pixels = 1;
                    while (x + segment.Pixels * stride < g->Width && g->Columns.WindowsOver(x + segment.Pixels * stride) == (left, columns))
                        segment.Pixels++;

                    segment.Taps = new(columns, g->Columns.KernelStep, -g->Columns.PlaceStep * Panel.Width);
                    segment.Weights = weights + top * g->Columns.Kernel + left;
                    segment.X = dz + (outputRow + g->Columns.OutputOver(x, left)) * Panel.Width;
                    segment.Y = dx + (y * (nint)g->Width + x) * Panel.Width;
                    ComputeChannels(&segment, g->Channels);
                }
            }
        }
    }
}
