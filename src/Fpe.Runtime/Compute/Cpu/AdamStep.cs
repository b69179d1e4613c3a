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
        var adam = new AdamArguments(weights, gradient, firstMoment, secondMoment, in step) { Count = count };
        Run(DivideUp(count, ElementChunk), &AdamChunk, &adam, (long)count * AdamWork);
    }

    private static void AdamChunk(void* arguments, int chunk)
    {
        var adam = (AdamArguments*)arguments;
        nint first = chunk * (nint)ElementChunk;
        AdamRange(adam, first, first, Math.Min(adam->Count - first, ElementChunk));
    }

    /// <summary>Updates the weights from <paramref name="first"/> on with the gradient from <paramref name="slope"/> on.</summary>
    private static void AdamRange(AdamArguments* adam, nint first, nint slope, nint count)
    {
        nint whole = count & ~7;
        AdamVectors(adam, adam->W + first, adam->G + slope, adam->M + first, adam->V + first, whole);
        if (whole < count)
            AdamRest(adam, first + whole, slope + whole, (int)(count - whole));
    }

    /// <summary>Updates the end of a row, behind which another begins.</summary>
    private static void AdamRest(AdamArguments* adam, nint first, nint slope, int count)
    {
        float* copy = stackalloc float[4 * 8];
        new Span<float>(adam->W + first, count).CopyTo(new Span<float>(copy, 8));
        new Span<float>(adam->G + slope, count).CopyTo(new Span<float>(copy + 8, 8));
        new Span<float>(adam->M + first, count).CopyTo(new Span<float>(copy + 16, 8));
        new Span<float>(adam->V + first, count).CopyTo(new Span<float>(copy + 24, 8));
        AdamVectors(adam, copy, copy + 8, copy + 16, copy + 24, 8);
        new Span<float>(copy, count).CopyTo(new Span<float>(adam->W + first, count));
        new Span<float>(copy + 16, count).CopyTo(new Span<float>(adam->M + first, count));
        new Span<float>(copy + 24, count).CopyTo(new Span<float>(adam->V + first, count));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AdamVectors(AdamArguments* adam, float* w, float* g, float* m, float* v, nint count)
    {
        var rate = Vector256.Create(adam->Rate);
        var rootScale = Vector256.Create(adam->RootScale);
        var epsilon = Vector256.Create(adam->Epsilon);
        var beta1 = Vector256.Create(adam->Beta1);
        var beta2 = Vector256.Create(adam->Beta2);
        var rest1 = Vector256.Create(adam->Rest1);
        var rest2 = Vector256.Create(adam->Rest2);
        var coupledDecay = Vector256.Create(adam->CoupledDecay);
        var decoupledFactor = Vector256.Create(adam->DecoupledFactor);
        for (nint i = 0; i < count; i += Vector256<float>.Count)
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
        public readonly float* W, G, M, V;
        public readonly float Rate, RootScale, Epsilon, Beta1, Beta2, Rest1, Rest2, CoupledDecay, DecoupledFactor;
        public int Count;

        /// <summary>The rows to update, if not all weights are.</summary>
        public int* Rows;

        public int RowCount, Width;

        public AdamArguments(
            DeviceBuffer weights, DeviceBuffer gradient, DeviceBuffer firstMoment, DeviceBuffer secondMoment, in AdamConstants step)
        {
            W = Floats(weights).Address;
            G = Floats(gradient).Address;
            M = Floats(firstMoment).Address;
            V = Floats(secondMoment).Address;

            // w − η · (m / c₁) / (√(v / c₂) + ε) with η / c₁ and 1 / √c₂ computed once
            double correction1 = 1 - Math.Pow(step.Beta1, step.Step);
            double correction2 = 1 - Math.Pow(step.Beta2, step.Step);
            Rate = (float)(step.LearningRate / correction1);
            RootScale = (float)(1 / Math.Sqrt(correction2));
            Epsilon = (float)step.Epsilon;
            (Beta1, Beta2) = ((float)step.Beta1, (float)step.Beta2);
            (Rest1, Rest2) = ((float)(1 - step.Beta1), (float)(1 - step.Beta2));
            CoupledDecay = (float)(step.Decoupled ? 0 : step.WeightDecay);
            DecoupledFactor = (float)(step.Decoupled ? 1 - step.LearningRate * step.WeightDecay : 1);
        }
    }
}
