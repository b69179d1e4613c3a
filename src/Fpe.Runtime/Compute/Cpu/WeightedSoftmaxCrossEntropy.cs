using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    public void WeightedSoftmaxCrossEntropy(
        Activations logits, IndexBuffer labels, DeviceBuffer classWeights, Activations weights, Activations? gradient, DeviceBuffer losses,
        int slot, int batch, in LossConstants constants)
    {
        int* label = Integers(labels);
        for (int s = 0; s < batch; s++)
            KernelIndices.CheckLabel(label[s], logits.Features, s);

        double loss = 0;
        int* own = stackalloc int[Vector256<int>.Count];
        for (int p = 0; p < Panel.Count(batch); p++)
        {
            Panel rows = Panels(logits).PanelAt(p, batch);
            Panel sampleWeights = Panels(weights).PanelAt(p, batch);
            float* slopes = gradient is null ? null : Panels(gradient).PanelAt(p, batch).Values;
            for (int s = 0; s < rows.Samples; s += Vector256<float>.Count)
            {
                int count = Math.Min(Vector256<float>.Count, rows.Samples - s);
                new Span<int>(label, count).CopyTo(new Span<int>(own, count));
                loss += WeightedCrossEntropy(
                    rows.Values + s, slopes is null ? null : slopes + s, own, Floats(classWeights).Address, sampleWeights.Values + s,
                    logits.Features, count, in constants);
                label += count;
            }
        }

        Floats(losses).Address[slot] = (float)loss;
    }

    /// <summary>Returns the sum of the losses of up to 8 samples, one per lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double WeightedCrossEntropy(
        float* logits, float* gradient, int* labels, float* classWeights, float* weights, int classes, int samples, in LossConstants constants)
    {
        // log Σ exp(x) = max + log Σ exp(x − max): no exponential overflows
        const nint Width = Panel.Width;
        var largest = Vector256.Load(logits);
        for (int c = 1; c < classes; c++)
            largest = Vector256.Max(largest, Vector256.Load(logits + c * Width));
        var sum = Vector256<float>.Zero;
        for (int c = 0; c < classes; c++)
            sum += Vector256.Exp(Vector256.Load(logits + c * Width) - largest);
        var logSum = Vector256.Log(sum);

        var own = Vector256.Load(labels);
        var scaled = (Vector256.Load(weights) * (float)constants.Scale) & LaneMask.Before(samples).AsSingle();
        var others = Vector256.Create((float)(constants.Smoothing / classes));
        var ofLabel = Vector256.Create((float)((constants.Smoothing / classes) + (1 - constants.Smoothing)));
        float gamma = (float)constants.Gamma;
        Vector256<float> loss = Vector256<float>.Zero, sumOfSlopes = Vector256<float>.Zero;
        for (int c = 0; c < classes; c++)
        {
            var isOwn = Vector256.Equals(own, Vector256.Create(c)).AsSingle();
            var weight = scaled * classWeights[c] * Vector256.ConditionalSelect(isOwn, ofLabel, others);
            var hasNone = Vector256.Equals(weight, Vector256<float>.Zero);
            var logP = Vector256.Load(logits + c * Width) - largest - logSum;
            var value = -logP;
            var slope = -Vector256<float>.One;
            if (gamma != 0)
                Focus(logP, gamma, ref value, ref slope);
            loss += Vector256.ConditionalSelect(hasNone, Vector256<float>.Zero, weight * value);
            slope = Vector256.ConditionalSelect(hasNone, Vector256<float>.Zero, weight * slope);
            sumOfSlopes += slope;
            if (gradient is not null)
                slope.Store(gradient + c * Width);
        }

        for (int c = 0; c < classes && gradient is not null; c++)
        {
            var p = Vector256.Exp(Vector256.Load(logits + c * Width) - largest) / sum;
            (Vector256.Load(gradient + c * Width) - p * sumOfSlopes).Store(gradient + c * Width);
        }

        double total = 0;
        for (int s = 0; s < samples; s++)
            total += loss[s];
        return total;
    }

    /// <summary>
    /// Multiplies −log p by (1 − p)^γ, and −1 by the same and 1 − γ · p · log p / (1 − p): the value and p times its derivative.
    /// 1 − p = 2u / (1 + u) with u = tanh(−log p / 2) is accurate also near p = 1, where log p / (1 − p) is −1.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Focus(Vector256<float> logP, float gamma, ref Vector256<float> value, ref Vector256<float> slope)
    {
        var p = Vector256.Exp(logP);
        var u = VectorMath.Tanh(logP * -0.5f);
        var rest = (u + u) / (Vector256<float>.One + u);
        var focus = Vector256.Exp(Vector256.Log(rest) * gamma);
        var ratio = p * logP / rest;
        ratio = Vector256.ConditionalSelect(Vector256.Equals(p, Vector256<float>.Zero), Vector256<float>.Zero, ratio);
        ratio = Vector256.ConditionalSelect(Vector256.Equals(rest, Vector256<float>.Zero), -Vector256<float>.One, ratio);
        value *= focus;
        slope = focus * (ratio * gamma - Vector256<float>.One);
    }
}
