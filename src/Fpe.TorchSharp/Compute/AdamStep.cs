using Fpe.Compute;
using TorchSharp;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

internal sealed partial class TorchKernels
{
    public void AdamStep(
        DeviceBuffer weights, DeviceBuffer gradient, DeviceBuffer firstMoment, DeviceBuffer secondMoment, in AdamConstants step)
    {
        AdamConstants constants = step;
        Run(() => AdamStep(Values(weights), Values(gradient), Values(firstMoment), Values(secondMoment), constants));
    }

    public void AdamStepRows(
        IndexBuffer rows, DeviceBuffer weights, DeviceBuffer gradient, DeviceBuffer firstMoment, DeviceBuffer secondMoment,
        in AdamConstants step)
    {
        AdamConstants constants = step;
        StepRows(rows, gradient, [weights, firstMoment, secondMoment], (g, parts) => AdamStep(parts[0], g, parts[1], parts[2], constants));
    }

    private static void AdamStep(Tensor w, Tensor g, Tensor m, Tensor v, AdamConstants step)
    {
        using Scalar beta1 = step.Beta1, beta2 = step.Beta2, rest1 = 1 - step.Beta1, rest2 = 1 - step.Beta2;
        using Scalar epsilon = step.Epsilon, decay = step.WeightDecay, shrink = 1 - (step.LearningRate * step.WeightDecay);
        using Scalar correction2 = 1 / (1 - Math.Pow(step.Beta2, step.Step));
        using Scalar rate = -step.LearningRate / (1 - Math.Pow(step.Beta1, step.Step));
        if (step.WeightDecay != 0 && !step.Decoupled)
            g = g.add(w, decay);
        if (step.WeightDecay != 0 && step.Decoupled)
            w.mul_(shrink);
        m.mul_(beta1).add_(g, rest1);
        v.mul_(beta2).addcmul_(g, g, rest2);
        w.addcdiv_(m, v.mul(correction2).sqrt_().add_(epsilon, One), rate);
    }
}
