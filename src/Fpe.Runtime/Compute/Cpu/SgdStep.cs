using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SgdStep(DeviceBuffer weights, DeviceBuffer gradient, DeviceBuffer? velocity, in SgdConstants step)
    {
        float* w = Floats(weights).Address;
        float* g = Floats(gradient).Address;
        float* v = velocity is null ? null : Floats(velocity).Address;
        var rate = Vector256.Create((float)-step.LearningRate);
        var momentum = Vector256.Create((float)step.Momentum);
        var decay = Vector256.Create((float)step.WeightDecay);
        for (nint i = 0; i < Floats(weights).PaddedLength; i += Vector256<float>.Count)
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
}
