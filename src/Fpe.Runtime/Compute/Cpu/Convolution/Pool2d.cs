using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <content>A window that slides over the channels of images, whatever is made of what it sees.</content>
internal sealed unsafe partial class CpuKernels
{
    private void Pool<TPooling>(Pool2dShape shape, Activations x, Activations y, int batch)
        where TPooling : struct, IPooling
    {
        var pool = new PoolArguments(shape, Panels(x), Panels(y));
        Run(Panel.Count(batch), &PoolPanel<TPooling>, &pool, pool.Geometry.ValuesSeen * batch);
    }

    /// <summary>dx = the gradient by the images (=).</summary>
    private void PoolGradient<TPooling>(Pool2dShape shape, Activations x, Activations dy, Activations dx, int batch)
        where TPooling : struct, IPooling
    {
        var pool = new PoolArguments(shape, Panels(x), Panels(dy)) { Dx = Panels(dx).Values };
        Run(Panel.Count(batch), &PoolGradientPanel<TPooling>, &pool, 2 * pool.Geometry.ValuesSeen * batch);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PoolPanel<TPooling>(void* arguments, int panel)
        where TPooling : struct, IPooling
    {
        var pool = (PoolArguments*)arguments;
        PoolGeometry* g = &pool->Geometry;
        float* channel = pool->X + panel * pool->XStride;
        float* y = pool->Y + panel * pool->YStride;
        for (int c = 0; c < g->Channels; c++, channel += g->ChannelStep)
        {
            for (int oy = 0; oy < g->OutputHeight; oy++)
            {
                float* window = channel + oy * g->WindowRowStep;
                for (int ox = 0; ox < g->OutputWidth; ox++, window += g->WindowStep, y += Panel.Width)
                {
                    TPooling.Value(window, g).Store(y);
                    TPooling.Value(window + 8, g).Store(y + 8);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PoolGradientPanel<TPooling>(void* arguments, int panel)
        where TPooling : struct, IPooling
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
                    TPooling.AddGradient(channel + window, Vector256.Load(dy), dx + window, g);
                    TPooling.AddGradient(channel + window + 8, Vector256.Load(dy + 8), dx + window + 8, g);
                }
            }
        }
    }

    private struct PoolArguments(Pool2dShape shape, CpuActivations images, CpuActivations windows)
    {
        public PoolGeometry Geometry = new(shape);
        public float* X = images.Values, Y = windows.Values, Dx;
        public nint XStride = images.PanelStride, YStride = windows.PanelStride;
    }
}
