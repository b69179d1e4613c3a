using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    public void SgdStep(DeviceBuffer weights, DeviceBuffer gradient, DeviceBuffer? velocity, in SgdConstants step) => SgdVectors(
        Floats(weights).Address, Floats(gradient).Address, velocity is null ? null : Floats(velocity).Address,
        Floats(weights).PaddedLength, in step);

    /// <param name="w">Weights.</param>
    /// <param name="g">Their gradient.</param>
    /// <param name="v">Their velocity; null if there is no momentum.</param>
    /// <param name="count">Weights, in whole vectors.</param>
    /// <param name="step">The constants of the step.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SgdVectors(float* w, float* g, float* v, nint count, in SgdConstants step)
    {
        var rate = Vector256.Create((float)-step.LearningRate);
        var momentum = Vector256.Create((float)step.Momentum);
        var decay = Vector256.Create((float)step.WeightDecay);
        for (nint i = 0; i < count; i += Vector256<float>.Count)
        {
            var weight = Vector256.Load(w + i);
            var direction = Vector256.MultiplyAddEstimate(decay, weight, Vector256.Load(g + i));
            if (v is not null)
            {
                var speed = Vector256.MultiplyAddEstimate(momentum, Vector256.Load(v + i), direction);
                speed.Store(v + i);
                direction = step.Nesterov ? Vector256.MultiplyAddEstimate(momentum, speed, direction) : speed;
            }

            Vector256.MultiplyAddEstimate(rate, direction, weight).Store(w + i);
        }
    }

    /// <summary>Updates the end of a row, behind which another begins.</summary>
    private static void SgdRest(float* w, float* g, float* v, int count, in SgdConstants step)
    {
        float* copy = stackalloc float[3 * 8];
        new Span<float>(w, count).CopyTo(new Span<float>(copy, 8));
        new Span<float>(g, count).CopyTo(new Span<float>(copy + 8, 8));
        if (v is not null)
            new Span<float>(v, count).CopyTo(new Span<float>(copy + 16, 8));
        SgdVectors(copy, copy + 8, v is null ? null : copy + 16, 8, in step);
        new Span<float>(copy, count).CopyTo(new Span<float>(w, count));
        if (v is not null)
            new Span<float>(copy + 16, count).CopyTo(new Span<float>(v, count));
    }
}
