using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    public void SigmoidCrossEntropy(
        Activations logits, Activations targets, Activations? gradient, DeviceBuffer losses, int slot, int batch)
    {
        double count = (double)batch * logits.Features;
        float scale = (float)(1 / count);
        double loss = 0;
        for (int p = 0; p < Panel.Count(batch); p++)
        {
            Panel z = Panels(logits).PanelAt(p, batch);
            Panel t = Panels(targets).PanelAt(p, batch);
            for (int o = 0; o < logits.Features; o++)
            {
                float* target = gradient is null ? null : Panels(gradient).PanelAt(p, batch).Row(o);
                loss += CrossEntropy(z.Row(o), t.Row(o), target, scale, z.Samples);
            }
        }

        Floats(losses).Address[slot] = (float)(loss / count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float CrossEntropy(float* z, float* t, float* gradient, float scale, int samples)
    {
        var sum = Vector256<float>.Zero;
        for (int s = 0; s < samples; s += Vector256<float>.Count)
        {
            var logit = Vector256.Load(z + s);
            var wanted = Vector256.Load(t + s);
            var e = Vector256.Exp(-Vector256.Abs(logit));
            var loss = Vector256.Max(logit, Vector256<float>.Zero) - logit * wanted + VectorMath.LogOnePlus(e);
            sum += loss & LaneMask.Before(samples - s).AsSingle();
            if (gradient is not null)
                ((VectorMath.Sigmoid(logit) - wanted) * scale).Store(gradient + s);
        }

        return Vector256.Sum(sum);
    }
}
