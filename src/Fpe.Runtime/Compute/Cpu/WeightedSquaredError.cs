using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    public void WeightedSquaredError(
        Activations outputs, Activations targets, Activations weights, Activations? gradient, DeviceBuffer losses, int slot, int batch,
        double scale)
    {
        double loss = 0;
        for (int p = 0; p < Panel.Count(batch); p++)
        {
            Panel y = Panels(outputs).PanelAt(p, batch);
            Panel t = Panels(targets).PanelAt(p, batch);
            float* sampleWeights = Panels(weights).PanelAt(p, batch).Values;
            for (int o = 0; o < outputs.Features; o++)
            {
                float* target = gradient is null ? null : Panels(gradient).PanelAt(p, batch).Row(o);
                loss += WeightedSquaredError(y.Row(o), t.Row(o), sampleWeights, target, (float)scale, y.Samples);
            }
        }

        Floats(losses).Address[slot] = (float)loss;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float WeightedSquaredError(float* y, float* t, float* weights, float* gradient, float scale, int samples)
    {
        var sum = Vector256<float>.Zero;
        for (int s = 0; s < samples; s += Vector256<float>.Count)
        {
            var error = Vector256.Load(y + s) - Vector256.Load(t + s);
            var scaled = Vector256.Load(weights + s) * scale * error;
            sum += (scaled * error) & LaneMask.Before(samples - s).AsSingle();
            if (gradient is not null)
                (scaled + scaled).Store(gradient + s);
        }

        return Vector256.Sum(sum);
    }
}
