using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    public void BiasGradient(Activations dz, DeviceBuffer biasGradient, int batch)
    {
        Fill(biasGradient, 0);
        float* gradient = Floats(biasGradient).Address;
        for (int p = 0; p < Panels(dz).PanelCount(batch); p++)
        {
            Panel panel = Panels(dz).PanelAt(p, batch);
            for (int o = 0; o < dz.Features; o++)
                gradient[o] += SumOfSamples(panel.Row(o), panel.Samples);
        }
    }

    private static float SumOfSamples(float* row, int samples)
    {
        var sum = Vector256<float>.Zero;
        int s = 0;
        for (; s <= samples - Vector256<float>.Count; s += Vector256<float>.Count)
            sum += Vector256.Load(row + s);
        if (s < samples)
            sum += Vector256.Load(row + s) & LaneMask.Before(samples - s).AsSingle();
        return Vector256.Sum(sum);
    }
}
