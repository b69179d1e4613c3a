using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    public void WeightedSigmoidCrossEntropy(
        Activations logits, Activations targets, DeviceBuffer positiveWeights, Activations weights, Activations? gradient,
        DeviceBuffer losses, int slot, int batch, in LossConstants constants)
    {
        double loss = 0;
        for (int p = 0; p < Panel.Count(batch); p++)
        {
            Panel z = Panels(logits).PanelAt(p, batch);
            Panel t = Panels(targets).PanelAt(p, batch);
            float* sampleWeights = Panels(weights).PanelAt(p, batch).Values;
            for (int o = 0; o < logits.Features; o++)
            {
                float* target = gradient is null ? null : Panels(gradient).PanelAt(p, batch).Row(o);
                loss += WeightedCrossEntropy(
                    z.Row(o), t.Row(o), Floats(positiveWeights).Address[o], sampleWeights, target, z.Samples, in constants);
            }
        }

        Floats(losses).Address[slot] = (float)loss;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float WeightedCrossEntropy(
        float* z, float* t, float positiveWeight, float* weights, float* gradient, int samples, in LossConstants constants)
    {
        var sum = Vector256<float>.Zero;
        var gamma = Vector256.Create((float)constants.Gamma);
        var kept = Vector256.Create((float)(1 - constants.Smoothing));
        var spread = Vector256.Create((float)(constants.Smoothing / 2));
        for (int s = 0; s < samples; s += Vector256<float>.Count)
        {
            var weight = Vector256.Load(weights + s) * (float)constants.Scale;
            var logit = Vector256.Load(z + s);
            var target = kept * Vector256.Load(t + s) + spread;
            var positive = target * positiveWeight;
            var negative = Vector256<float>.One - target;

            var rest = VectorMath.LogOnePlus(Vector256.Exp(-Vector256.Abs(logit)));
            var logP = -(Vector256.Max(-logit, Vector256<float>.Zero) + rest);
            var logQ = -(Vector256.Max(logit, Vector256<float>.Zero) + rest);
            if (constants.Gamma != 0)
            {
                positive *= Vector256.Exp(gamma * logQ);
                negative *= Vector256.Exp(gamma * logP);
            }

            sum += (-weight * (positive * logP + negative * logQ)) & LaneMask.Before(samples - s).AsSingle();
            if (gradient is null)
                continue;
            var p = VectorMath.Sigmoid(logit);
            var q = VectorMath.Sigmoid(-logit);
            (weight * (positive * (gamma * p * logP - q) + negative * (p - gamma * q * logQ))).Store(gradient + s);
        }

        return Vector256.Sum(sum);
    }
}
