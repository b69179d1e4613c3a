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
        var run = new ConvolutionRun
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
            run.Rows = new(rows, g->Stride * g->Kernel, -g->OutputWidth * Panel.Width);
            nint outputRow = (y + g->Padding - top) / g->Stride * (nint)g->OutputWidth;

            // pixels a stride apart are seen by the same columns of the window
            for (int phase = 0; phase < Math.Min(g->Stride, g->Width); phase++)
            {
                for (int x = phase; x < g->Width; x += run.Pixels * g->Stride)
                {
                    (int left, int columns) = g->WindowsOver(x, g->OutputWidth);
                    run.Pixels = 1;
                    while (x + run.Pixels * g->Stride < g->Width && g->WindowsOver(x + run.Pixels * g->Stride, g->OutputWidth) == (left, columns))
                        run.Pixels++;

                    run.Taps = new(columns, g->Stride, -Panel.Width);
                    run.Weights = gradient->Weights + top * g->Kernel + left;
                    run.X = dz + (outputRow + (x + g->Padding - left) / g->Stride) * Panel.Width;
                    run.Y = dx + (y * (nint)g->Width + x) * Panel.Width;
                    ComputeChannels(&run, g->Channels);
                }
            }
        }
    }
}
