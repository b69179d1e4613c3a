using Fpe.Compute;

namespace Fpe.Research.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void SgdStep(DeviceBuffer weights, DeviceBuffer gradient, DeviceBuffer? velocity, in SgdConstants step)
    {
        var w = Values(weights);
        var v = velocity is null ? default : Values(velocity);
        T rate = Number(step.LearningRate);
        T momentum = Number(step.Momentum);
        T decay = Number(step.WeightDecay);
        for (int i = 0; i < w.Length; i++)
        {
            T g = Values(gradient)[i] + decay * w[i];
            if (velocity is not null)
            {
                v[i] = momentum * v[i] + g;
                g = step.Nesterov ? g + momentum * v[i] : v[i];
            }

            w[i] -= rate * g;
        }
    }
}
