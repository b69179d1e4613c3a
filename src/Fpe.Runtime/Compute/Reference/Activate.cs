using Fpe.Numerics;

namespace Fpe.Compute.Reference;

internal sealed partial class ReferenceKernels<T>
{
    /// <summary>f(z).</summary>
    private static T Activate(ActivationFunction function, T z) => function switch
    {
        ActivationFunction.Identity => z,
        ActivationFunction.Relu => T.Max(z, T.Zero),
        ActivationFunction.Gelu => Gelu(z),
        ActivationFunction.Tanh => T.Tanh(z),
        ActivationFunction.Sigmoid => Sigmoid(z),
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "Unknown activation function."),
    };

    private static T Gelu(T z) =>
        T.IsNegativeInfinity(z) ? T.Zero : z * NormalDistribution(z);

    /// <summary>Φ(z) = ½ · erfc(−z/√2).</summary>
    private static T NormalDistribution(T z) => Number(0.5 * Erf.Complement(-double.CreateTruncating(z) / Math.Sqrt(2)));

    /// <summary>1 / (1 + exp(−z)), with exp of a negative number so that it cannot overflow.</summary>
    private static T Sigmoid(T z)
    {
        T e = T.Exp(-T.Abs(z));
        return (z < T.Zero ? e : T.One) / (T.One + e);
    }
}
