using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    /// <summary>Multiply-adds that take as long as the step of one weight, which reads and writes seven numbers in memory.</summary>
    private const int AdamWork = 16;

    public void AdamStep(
        DeviceBuffer weights, DeviceBuffer gradient, DeviceBuffer firstMoment, DeviceBuffer secondMoment, in AdamConstants step)
    {
        int count = Floats(weights).PaddedLength;
        var adam = new AdamArguments
        {
            W = Floats(weights).Address,
            G = Floats(gradient).Address,
            M = Floats(firstMoment).Address,
            V = Floats(secondMoment).Address,
            Count = count,
            Step = step,
        };
        Run(DivideUp(count, ElementChunk), &AdamChunk, &adam, (long)count * AdamWork);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AdamChunk(void* arguments, int chunk)
    {
        var adam = (AdamArguments*)arguments;
        float* w = adam->W, g = adam->G, m = adam->M, v = adam->V;
        ref readonly AdamConstants step = ref adam->Step;

        // w − η · (m / c₁) / (√(v / c₂) + ε) with η / c₁ and 1 / √c₂ computed outside the loop
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
        nint end = Math.Min(adam->Count, (chunk + 1) * (nint)ElementChunk);
        for (nint i = chunk * (nint)ElementChunk; i < end; i += Vector256<float>.Count)
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

    private struct AdamArguments
    {
        public float* W, G, M, V;
        public int Count;
        public AdamConstants Step;
    }
}
