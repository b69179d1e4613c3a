using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    public void MaxPool2dInputGradient(MaxPool2dShape shape, Activations x, Activations dy, Activations dx, int batch)
    {
        var pool = new PoolArguments
        {
            Geometry = new PoolGeometry(shape),
            X = Panels(x).Values,
            Dx = Panels(dx).Values,
            XStride = Panels(x).PanelStride,
            Y = Panels(dy).Values,
            YStride = Panels(dy).PanelStride,
        };
        Run(Panel.Count(batch), &MaxPool2dInputGradientPanel, &pool, 2 * pool.Geometry.Comparisons * batch);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MaxPool2dInputGradientPanel(void* arguments, int panel)
    {
        var pool = (PoolArguments*)arguments;
        PoolGeometry* g = &pool->Geometry;
        float* channel = pool->X + panel * pool->XStride;
        float* dx = pool->Dx + panel * pool->XStride;
        float* dy = pool->Y + panel * pool->YStride;
        for (int c = 0; c < g->Channels; c++, channel += g->ChannelStep, dx += g->ChannelStep)
        {
            new Span<float>(dx, checked((int)g->ChannelStep)).Clear();
            for (int oy = 0; oy < g->OutputHeight; oy++)
            {
                nint window = oy * g->WindowRowStep;
                for (int ox = 0; ox < g->OutputWidth; ox++, window += g->WindowStep, dy += Panel.Width)
                {
                    GiveToFirstLargest(channel + window, Vector256.Load(dy), dx + window, g);
                    GiveToFirstLargest(channel + window + 8, Vector256.Load(dy + 8), dx + window + 8, g);
                }
            }
        }
    }

    /// <summary>Adds the gradient to that of the value which the window kept, in 8 lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void GiveToFirstLargest(float* window, Vector256<float> gradient, float* dx, PoolGeometry* g)
    {
        var largest = Largest(window, g);
        for (int i = 0; i < g->Kernel; i++, window += g->RowStep, dx += g->RowStep)
        {
            for (int j = 0; j < g->Kernel; j++)
            {
                // where the largest is NaN, only a value that is none equals itself
                var value = Vector256.Load(window + j * Panel.Width);
                var isLargest = Vector256.Equals(value, largest) | ~Vector256.Equals(value, value);
                float* target = dx + j * Panel.Width;
                (Vector256.Load(target) + (gradient & isLargest)).Store(target);
                gradient = Vector256.AndNot(gradient, isLargest);
            }
        }
    }
}
