using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    public void MeanSquaredError(Activations outputs, Activations targets, Activations? gradient, DeviceBuffer losses, int slot, int batch)
    {
        double count = (double)batch * outputs.Features;
        float scale = (float)(2 / count);
        double loss = 0;
        for (int p = 0; p < Panel.Count(batch); p++)
        {
            Panel y = Panels(outputs).PanelAt(p, batch);
            Panel t = Panels(targets).PanelAt(p, batch);
            for (int o = 0; o < outputs.Features; o++)
            {
                float* target = gradient is null ? null : Panels(gradient).PanelAt(p, batch).Row(o);
                loss += SquaredError(y.Row(o), t.Row(o), target, scale, y.Samples);
            }
        }

        Floats(losses).Address[slot] = (float)(loss / count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float SquaredError(float* y, float* t, float* gradient, float scale, int samples)
    {
        var sum = Vector256<float>.Zero;
        for (int s = 0; s < samples; s += Vector256<float>.Count)
        {
            var error = (Vector256.Load(y + s) - Vector256.Load(t + s)) & LaneMask.Before(samples - s).AsSingle();
            sum = Vector256.MultiplyAddEstimate(error, error, sum);
            if (gradient is not null)
                (error * scale).Store(gradient + s);
        }

        return Vector256.Sum(sum);
    }
}
