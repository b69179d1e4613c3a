using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    public void MaxPool2dForward(MaxPool2dShape shape, Activations x, Activations y, int batch)
    {
        var pool = new PoolArguments
        {
            Geometry = new PoolGeometry(shape),
            X = Panels(x).Values,
            XStride = Panels(x).PanelStride,
            Y = Panels(y).Values,
            YStride = Panels(y).PanelStride,
        };
        Run(Panel.Count(batch), &MaxPool2dForwardPanel, &pool, pool.Geometry.Comparisons * batch);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MaxPool2dForwardPanel(void* arguments, int panel)
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
                    Largest(window, g).Store(y);
                    Largest(window + 8, g).Store(y + 8);
                }
            }
        }
    }

    /// <summary>The largest value of a window in 8 lanes; NaN where there is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector256<float> Largest(float* window, PoolGeometry* g)
    {
        var largest = Vector256.Load(window);
        for (int i = 0; i < g->Kernel; i++, window += g->RowStep)
        {
            for (int j = 0; j < g->Kernel; j++)
                largest = Vector256.Max(largest, Vector256.Load(window + j * Panel.Width));
        }

        return largest;
    }

    private struct PoolArguments
    {
        public PoolGeometry Geometry;
        public float* X, Y, Dx;
        public nint XStride, YStride;
    }

    /// <summary>A <see cref="MaxPool2dShape"/> as numbers that chunks on several threads can read; steps are in floats.</summary>
    private readonly struct PoolGeometry(MaxPool2dShape shape)
    {
        public readonly int Channels = shape.Input.Channels, OutputHeight = shape.Output.Height, OutputWidth = shape.Output.Width;

        public readonly int Kernel = shape.Kernel, OutputCount = shape.Output.Count;

        /// <summary>From a row of the image to the next, and from a channel to the next.</summary>
        public readonly nint RowStep = shape.Input.Width * Panel.Width, ChannelStep = shape.Input.Pixels * (nint)Panel.Width;

        /// <summary>From a place of the window to the next, and to that one row of the output below.</summary>
        public readonly nint WindowStep = shape.Stride * Panel.Width, WindowRowStep = shape.Stride * (nint)shape.Input.Width * Panel.Width;

        public long Comparisons => (long)OutputCount * Kernel * Kernel;
    }
}
