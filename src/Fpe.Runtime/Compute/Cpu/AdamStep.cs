using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    public void AdamStep(
        DeviceBuffer weights, DeviceBuffer gradient, DeviceBuffer firstMoment, DeviceBuffer secondMoment, in AdamConstants step)
    {
        float* w = Floats(weights).Address;
        float* g = Floats(gradient).Address;
        float* m = Floats(firstMoment).Address;
        float* v = Floats(secondMoment).Address;

        // w − η · (m / c₁) / (√(v / c₂) + ε) with η / c₁ and 1 / √c₂ taken out of the loop
        double correction1 = 1 - Math.Pow(step.Beta1, step.Step);
        double correction2 = 1 - Math.Pow(step.Beta2, step.Step);
        var rate = Vector256.Create((float)(step.LearningRate / correction1));
        var rootScale = Vector256.Create((float)(1 / Math.Sqrt(correction2)));
        var epsilon = Vector256.Create((float)step.Epsilon);
        var beta1 = Vector256.Create((float)step.Beta1);
        var beta2 = Vector256.Create((float)step.Beta2);
        var rest1 = Vector256.Create((float)(1 - step.Beta1));
        var rest2 = Vector256.Create((float)(1 - step.Beta2));
        var coupledDecay = Vector256.Create((float)(step.Decoupled ? 0 : step.WeightDecay));
        var decoupledFactor = Vector256.Create((float)(step.Decoupled ? 1 - step.LearningRate * step.WeightDecay : 1));
        for (nint i = 0; i < Floats(weights).PaddedLength; i += Vector256<float>.Count)
        {
            var weight = Vector256.Load(w + i);
            var slope = Vector256.MultiplyAddEstimate(coupledDecay, weight, Vector256.Load(g + i));
            var first = Vector256.MultiplyAddEstimate(beta1, Vector256.Load(m + i), rest1 * slope);
            var second = Vector256.MultiplyAddEstimate(beta2, Vector256.Load(v + i), rest2 * slope * slope);
            first.Store(m + i);
            second.Store(v + i);
            var change = rate * first / Vector256.MultiplyAddEstimate(Vector256.Sqrt(second), rootScale, epsilon);
            (weight * decoupledFactor - change).Store(w + i);
        }
    }
}
