using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    public void MeanOfPlaces(int places, Activations x, Activations y, int batch)
    {
        var mean = new MeanOfPlacesArguments(places, Panels(x), Panels(y));
        Run(Panel.Count(batch), &MeanOfPlacesPanel, &mean, (long)x.Features * batch);
    }

    public void MeanOfPlacesGradient(int places, Activations dy, Activations dx, int batch)
    {
        var mean = new MeanOfPlacesArguments(places, Panels(dx), Panels(dy));
        Run(Panel.Count(batch), &MeanOfPlacesGradientPanel, &mean, (long)dx.Features * batch);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MeanOfPlacesPanel(void* arguments, int panel)
    {
        var mean = (MeanOfPlacesArguments*)arguments;
        float* x = mean->X + panel * mean->XStride;
        float* y = mean->Y + panel * mean->YStride;
        var count = Vector256.Create((float)mean->Places);
        for (int c = 0; c < mean->Channels; c++, y += Panel.Width)
        {
            Vector256<float> even0 = default, even1 = default, odd0 = default, odd1 = default;
            int p = 0;
            for (; p < mean->Places - 1; p += 2, x += 2 * Panel.Width)
            {
                even0 += Vector256.Load(x);
                even1 += Vector256.Load(x + 8);
                odd0 += Vector256.Load(x + 16);
                odd1 += Vector256.Load(x + 24);
            }

            if (p < mean->Places)
            {
                even0 += Vector256.Load(x);
                even1 += Vector256.Load(x + 8);
                x += Panel.Width;
            }

            ((even0 + odd0) / count).Store(y);
            ((even1 + odd1) / count).Store(y + 8);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MeanOfPlacesGradientPanel(void* arguments, int panel)
    {
        var mean = (MeanOfPlacesArguments*)arguments;
        float* dx = mean->X + panel * mean->XStride;
        float* dy = mean->Y + panel * mean->YStride;
        var count = Vector256.Create((float)mean->Places);
        for (int c = 0; c < mean->Channels; c++, dy += Panel.Width)
        {
            var first = Vector256.Load(dy) / count;
            var second = Vector256.Load(dy + 8) / count;
            for (int p = 0; p < mean->Places; p++, dx += Panel.Width)
            {
                first.Store(dx);
                second.Store(dx + 8);
            }
        }
    }

    /// <summary>Images, and the activations with one value per channel.</summary>
    private readonly struct MeanOfPlacesArguments(int places, CpuActivations images, CpuActivations channels)
    {
        public readonly int Places = places, Channels = channels.Features;
        public readonly float* X = images.Values, Y = channels.Values;
        public readonly nint XStride = images.PanelStride, YStride = channels.PanelStride;
    }
}
