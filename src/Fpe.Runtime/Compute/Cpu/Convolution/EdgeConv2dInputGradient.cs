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

        var gradient = new FilterArguments(shape, filters, Floats(weights).Address, Panels(dx), Panels(dz), batch, device.Width);
        Run(gradient.ChunkCount, &EdgeConv2dInputGradientChunk, &gradient, filters.StorageLength * (long)shape.Output.Pixels * batch);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EdgeConv2dInputGradientChunk(void* arguments, int chunk)
    {
        var gradient = (FilterArguments*)arguments;
        for (int panel = gradient->FirstPanel(chunk); panel < gradient->EndPanel(chunk); panel++)
            new Span<float>(gradient->Image + panel * gradient->ImageStride, (int)gradient->ImageStride).Clear();
        ForAllBlocks<FilterInputGradient>(gradient, chunk);
    }
}
