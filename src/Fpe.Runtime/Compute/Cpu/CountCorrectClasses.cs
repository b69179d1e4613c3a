using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    public void CountCorrectClasses(Activations logits, IndexBuffer labels, DeviceBuffer counts, int slot, int batch)
    {
        int* label = Integers(labels);
        for (int s = 0; s < batch; s++)
            KernelIndices.CheckLabel(label[s], logits.Features, s);

        int correct = 0;
        for (int p = 0; p < Panel.Count(batch); p++)
        {
            Panel rows = Panels(logits).PanelAt(p, batch);
            for (int s = 0; s < rows.Samples; s += Vector256<float>.Count)
            {
                int count = Math.Min(Vector256<float>.Count, rows.Samples - s);
                correct += CountCorrect(rows.Values + s, label, logits.Features, Panel.Width, count);
                label += count;
            }
        }

        Floats(counts).Address[slot] += correct;
    }

    /// <summary>Counts the correct ones of up to 8 samples, one per lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int CountCorrect(float* logits, int* labels, int classes, nint width, int samples)
    {
        int* laneLabels = stackalloc int[Vector256<int>.Count];
        float* laneLogits = stackalloc float[Vector256<float>.Count];
        for (int s = 0; s < Vector256<float>.Count; s++)
        {
            laneLabels[s] = s < samples ? labels[s] : 0;
            laneLogits[s] = logits[laneLabels[s] * width + s];
        }

        // the label's logit must be greater than those before it and at least as large as those after it; comparisons with NaN fail
        var label = Vector256.Load(laneLabels);
        var wanted = Vector256.Load(laneLogits);
        var correct = LaneMask.Before(samples).AsSingle();
        for (int c = 0; c < classes; c++)
        {
            var logit = Vector256.Load(logits + c * width);
            var mayBeEqual = Vector256.GreaterThanOrEqual(Vector256.Create(c), label).AsSingle();
            correct &= Vector256.GreaterThan(wanted, logit) | (Vector256.Equals(wanted, logit) & mayBeEqual);
        }

        return Vector256.CountWhereAllBitsSet(correct.AsInt32());
    }
}
