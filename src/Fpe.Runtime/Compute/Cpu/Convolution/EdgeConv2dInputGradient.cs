using System.Runtime.CompilerServices;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    public void EdgeConv2dInputGradient(
        Conv2dShape shape, DeviceEdges edges, DeviceBuffer weights, Activations dz, Activations dx, int batch)
    {
        CpuFilters filters = Filters(edges);
        if (filters.IsDense)
        {
            Conv2dInputGradient(shape, weights, dz, dx, batch);
            return;
        }

        var gradient = new FilterArguments(shape, filters, Floats(weights).Address, Panels(dx), Panels(dz), device.Width);
        Run(Panel.Count(batch), &EdgeConv2dInputGradientPanel, &gradient, filters.StorageLength * (long)shape.Output.Pixels * batch);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EdgeConv2dInputGradientPanel(void* arguments, int panel)
    {
        var gradient = (FilterArguments*)arguments;
        new Span<float>(gradient->Image + panel * gradient->ImageStride, (int)gradient->ImageStride).Clear();
        ForAllBlocks<FilterInputGradient>(gradient, panel);
    }
}
