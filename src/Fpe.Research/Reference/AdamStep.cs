using Fpe.Compute;

namespace Fpe.Research.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void AdamStep(
        DeviceBuffer weights, DeviceBuffer gradient, DeviceBuffer firstMoment, DeviceBuffer secondMoment, in AdamConstants step)
    {
        var w = Values(weights);
        var m = Values(firstMoment);
        var v = Values(secondMoment);
        T rate = Number(step.LearningRate);
        T beta1 = Number(step.Beta1);
        T beta2 = Number(step.Beta2);
        T rest1 = Number(1 - step.Beta1);
        T rest2 = Number(1 - step.Beta2);
        T epsilon = Number(step.Epsilon);
        T coupledDecay = Number(step.Decoupled ? 0 : step.WeightDecay);
        T decoupledFactor = Number(step.Decoupled ? 1 - step.LearningRate * step.WeightDecay : 1);
        T correction1 = Number(1 - Math.Pow(step.Beta1, step.Step));
        T correction2 = Number(1 - Math.Pow(step.Beta2, step.Step));
        for (int i = 0; i < w.Length; i++)
        {
            T g = Values(gradient)[i] + coupledDecay * w[i];
            m[i] = beta1 * m[i] + rest1 * g;
            v[i] = beta2 * v[i] + rest2 * g * g;
            w[i] = w[i] * decoupledFactor - rate * (m[i] / correction1) / (T.Sqrt(v[i] / correction2) + epsilon);
        }
    }
}
