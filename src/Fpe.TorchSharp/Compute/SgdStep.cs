using Fpe.Compute;
using TorchSharp;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

internal sealed partial class TorchKernels
{
    public void SgdStep(DeviceBuffer weights, DeviceBuffer gradient, DeviceBuffer? velocity, in SgdConstants step)
    {
        SgdConstants constants = step;
        Run(() => SgdStep(Values(weights), Values(gradient), velocity is null ? null : Values(velocity), constants));
    }

    public void SgdStepRows(
        IndexBuffer rows, DeviceBuffer weights, DeviceBuffer gradient, DeviceBuffer? velocity, in SgdConstants step)
    {
        SgdConstants constants = step;
        DeviceBuffer[] tables = velocity is null ? [weights] : [weights, velocity];
        StepRows(rows, gradient, tables, (g, parts) => SgdStep(parts[0], g, velocity is null ? null : parts[1], constants));
    }

    private static void SgdStep(Tensor w, Tensor g, Tensor? v, SgdConstants step)
    {
        using Scalar rate = -step.LearningRate, momentum = step.Momentum, decay = step.WeightDecay;
        if (step.WeightDecay != 0)
            g = g.add(w, decay);
        if (v is not null)
        {
            v.mul_(momentum).add_(g, One);
            g = step.Nesterov ? g.add(v, momentum) : v;
        }

        w.add_(g, rate);
    }
}
