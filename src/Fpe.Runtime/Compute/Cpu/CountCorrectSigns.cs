using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    public void CountCorrectSigns(Activations logits, Activations targets, DeviceBuffer counts, int slot, int batch)
    {
        long correct = 0;
        for (int p = 0; p < Panel.Count(batch); p++)
        {
            Panel z = Panels(logits).PanelAt(p, batch);
            Panel t = Panels(targets).PanelAt(p, batch);
            for (int o = 0; o < logits.Features; o++)
                correct += CountCorrect(z.Row(o), t.Row(o), z.Samples);
        }

        Floats(counts).Address[slot] += correct;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int CountCorrect(float* logits, float* targets, int samples)
    {
        int correct = 0;
        for (int s = 0; s < samples; s += Vector256<float>.Count)
        {
            // comparisons with NaN fail
            var logit = Vector256.Load(logits + s);
            var wanted = Vector256.GreaterThan(Vector256.Load(targets + s), Vector256.Create(0.5f));
            var right = Vector256.ConditionalSelect(
                wanted, Vector256.GreaterThan(logit, Vector256<float>.Zero), Vector256.LessThanOrEqual(logit, Vector256<float>.Zero));
            correct += Vector256.CountWhereAllBitsSet(right.AsInt32() & LaneMask.Before(samples - s));
        }

        return correct;
    }
}
