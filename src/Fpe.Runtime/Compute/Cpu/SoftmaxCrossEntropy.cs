using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    public void SoftmaxCrossEntropy(Activations logits, IndexBuffer labels, Activations? gradient, DeviceBuffer losses, int slot, int batch)
    {
        int* label = Integers(labels);
        for (int s = 0; s < batch; s++)
            KernelIndices.CheckLabel(label[s], logits.Features, s);

        double loss = 0;
        for (int p = 0; p < Panel.Count(batch); p++)
        {
            Panel rows = Panels(logits).PanelAt(p, batch);
            Panel slopes = gradient is null ? default : Panels(gradient).PanelAt(p, batch);
            for (int s = 0; s < rows.Samples; s += Vector256<float>.Count)
            {
                int count = Math.Min(Vector256<float>.Count, rows.Samples - s);
                loss += CrossEntropy(
                    rows.Values + s, slopes.Values + s, gradient is not null, label, logits.Features, Panel.Width, count, batch);
                label += count;
            }
        }

        Floats(losses).Address[slot] = (float)(loss / batch);
    }

    /// <summary>Returns the sum of the losses of up to 8 samples, one per lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double CrossEntropy(
        float* logits, float* gradient, bool wantsGradient, int* labels, int classes, nint width, int samples, int batch)
    {
        // log Σ exp(x) = max + log Σ exp(x − max): no exponential overflows
        var largest = Vector256.Load(logits);
        for (int c = 1; c < classes; c++)
            largest = Vector256.Max(largest, Vector256.Load(logits + c * width));

        var sum = Vector256<float>.Zero;
        for (int c = 0; c < classes; c++)
        {
            var e = Vector256.Exp(Vector256.Load(logits + c * width) - largest);
            sum += e;
            if (wantsGradient)
                e.Store(gradient + c * width);
        }

        double loss = 0;
        var logSum = Vector256.Log(sum);
        for (int s = 0; s < samples; s++)
            loss += logSum[s] + (double)(largest[s] - logits[labels[s] * width + s]);
        if (!wantsGradient)
            return loss;

        var scale = Vector256.Create(1f / batch) / sum;
        for (int c = 0; c < classes; c++)
            (Vector256.Load(gradient + c * width) * scale).Store(gradient + c * width);
        for (int s = 0; s < samples; s++)
            gradient[labels[s] * width + s] -= 1f / batch;
        return loss;
    }
}
