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
        var seen = new SeenPixels { RowStep = g->RowStep, WindowSize = g->Size };
        for (int c = 0; c < g->Channels; c++, channel += g->ChannelStep)
        {
            for (int oy = 0; oy < g->OutputHeight; oy++)
            {
                (int top, seen.Rows) = g->Rows.Inside(oy, g->Height);
                float* row = channel + g->Rows.Seen(oy, top) * g->RowStep;
                for (int ox = 0; ox < g->OutputWidth; ox++, y += Panel.Width)
                {
                    (int left, seen.Columns) = g->Columns.Inside(ox, g->Width);
                    float* window = row + g->Columns.Seen(ox, left) * (nint)Panel.Width;
                    TPooling.Value(window, &seen).Store(y);
                    TPooling.Value(window + 8, &seen).Store(y + 8);
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
        var seen = new SeenPixels { RowStep = g->RowStep, WindowSize = g->Size };
        for (int c = 0; c < g->Channels; c++, channel += g->ChannelStep, dx += g->ChannelStep)
        {
            new Span<float>(dx, checked((int)g->ChannelStep)).Clear();
            for (int oy = 0; oy < g->OutputHeight; oy++)
            {
                (int top, seen.Rows) = g->Rows.Inside(oy, g->Height);
                nint row = g->Rows.Seen(oy, top) * g->RowStep;
                for (int ox = 0; ox < g->OutputWidth; ox++, dy += Panel.Width)
                {
                    (int left, seen.Columns) = g->Columns.Inside(ox, g->Width);
                    nint window = row + g->Columns.Seen(ox, left) * (nint)Panel.Width;
                    TPooling.AddGradient(channel + window, Vector256.Load(dy), dx + window, &seen);
                    TPooling.AddGradient(channel + window + 8, Vector256.Load(dy + 8), dx + window + 8, &seen);
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
