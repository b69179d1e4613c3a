using System.Numerics;

namespace Fpe.Compute;

/// <summary>Steps of gradient descent, element by element.</summary>
internal static class PlainSgd<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <param name="w">The weights.</param>
    /// <param name="gradient">Their gradient.</param>
    /// <param name="v">The velocity; empty if there is no momentum.</param>
    /// <param name="step">The constants of the step.</param>
    public static void Step(Span<T> w, ReadOnlySpan<T> gradient, Span<T> v, in SgdConstants step)
    {
        T rate = T.CreateTruncating(step.LearningRate);
        T momentum = T.CreateTruncating(step.Momentum);
        T decay = T.CreateTruncating(step.WeightDecay);
        for (int i = 0; i < w.Length; i++)
        {
            T g = gradient[i] + (decay * w[i]);
            if (!v.IsEmpty)
            {
                v[i] = (momentum * v[i]) + g;
                g = step.Nesterov ? g + (momentum * v[i]) : v[i];
            }

            w[i] -= rate * g;
        }
    }
}
