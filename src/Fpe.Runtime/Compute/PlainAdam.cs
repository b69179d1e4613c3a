using System.Numerics;

namespace Fpe.Compute;

/// <summary>Steps of Adam and AdamW, element by element.</summary>
internal static class PlainAdam<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static void Step(Span<T> w, ReadOnlySpan<T> gradient, Span<T> m, Span<T> v, in AdamConstants step)
    {
        T rate = T.CreateTruncating(step.LearningRate);
        T beta1 = T.CreateTruncating(step.Beta1);
        T beta2 = T.CreateTruncating(step.Beta2);
        T rest1 = T.CreateTruncating(1 - step.Beta1);
        T rest2 = T.CreateTruncating(1 - step.Beta2);
        T epsilon = T.CreateTruncating(step.Epsilon);
        T coupledDecay = T.CreateTruncating(step.Decoupled ? 0 : step.WeightDecay);
        T decoupledFactor = T.CreateTruncating(step.Decoupled ? 1 - (step.LearningRate * step.WeightDecay) : 1);
        T correction1 = T.CreateTruncating(1 - Math.Pow(step.Beta1, step.Step));
        T correction2 = T.CreateTruncating(1 - Math.Pow(step.Beta2, step.Step));
        for (int i = 0; i < w.Length; i++)
        {
            T g = gradient[i] + (coupledDecay * w[i]);
            m[i] = (beta1 * m[i]) + (rest1 * g);
            v[i] = (beta2 * v[i]) + (rest2 * g * g);
            w[i] = (w[i] * decoupledFactor) - (rate * (m[i] / correction1) / (T.Sqrt(v[i] / correction2) + epsilon));
        }
    }
}
