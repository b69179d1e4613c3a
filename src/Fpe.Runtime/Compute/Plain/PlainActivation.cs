using System.Numerics;
using Fpe.Numerics;

namespace Fpe.Compute.Plain;

/// <summary>The functions of <see cref="ActivationFunction"/>.</summary>
internal static class PlainActivation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>y = f(x), element by element; y may be x.</summary>
    public static void Apply(ElementFunction function, ReadOnlySpan<T> x, Span<T> y)
    {
        for (int e = 0; e < x.Length; e++)
            y[e] = Apply(function, x[e]);
    }

    /// <summary>f(z).</summary>
    public static T Apply(ElementFunction function, T z) => function.Kind switch
    {
        ActivationFunction.Identity => z,
        ActivationFunction.Relu => T.Max(z, T.Zero),
        ActivationFunction.Gelu => Gelu(z),
        ActivationFunction.Tanh => T.Tanh(z),
        ActivationFunction.Sigmoid => Sigmoid(z),
        ActivationFunction.Silu => T.IsNegativeInfinity(z) ? T.Zero : z * Sigmoid(z),
        ActivationFunction.Softplus => T.Max(z, T.Zero) + LogOnePlus(T.Exp(-T.Abs(z))),
        ActivationFunction.HardSwish => T.IsNegativeInfinity(z) ? T.Zero : z * (T.Clamp(z + T.CreateChecked(3), T.Zero, T.CreateChecked(6)) / T.CreateChecked(6)),
        ActivationFunction.LeakyRelu => z > T.Zero ? z : z * T.CreateChecked(function.Slope),
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "Unknown activation function."),
    };

    /// <summary>1 / (1 + exp(−z)), with exp of a negative number so that it cannot overflow.</summary>
    public static T Sigmoid(T z)
    {
        T e = T.Exp(-T.Abs(z));
        return (z < T.Zero ? e : T.One) / (T.One + e);
    }

    /// <summary>log(1 + e) for e from 0 to 1, also where 1 + e rounds to 1 (W. Kahan); <see cref="Math.Log(double)"/> of the sum alone would not do.</summary>
    public static T LogOnePlus(T e)
    {
        T sum = T.One + e;
        return sum == T.One ? e : T.Log(sum) * (e / (sum - T.One));
    }

    /// <summary>Φ(z) = ½ · erfc(−z/√2).</summary>
    public static T NormalDistribution(T z) =>
        T.CreateTruncating(0.5 * Erf.Complement(-double.CreateTruncating(z) / Math.Sqrt(2)));

    private static T Gelu(T z) => T.IsNegativeInfinity(z) ? T.Zero : z * NormalDistribution(z);
}
