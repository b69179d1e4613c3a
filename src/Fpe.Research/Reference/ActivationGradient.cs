using Fpe.Compute;
using Fpe.Compute.Plain;

namespace Fpe.Research.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void ActivationGradient(ElementFunction function, Activations? z, Activations y, Activations dy, int batch)
    {
        var sums = z is null ? default : Batch(z, batch);
        var outputs = Batch(y, batch);
        var gradient = Batch(dy, batch);
        for (int e = 0; e < gradient.Length; e++)
        {
            gradient[e] = function.Kind switch
            {
                ActivationFunction.Identity => gradient[e],
                ActivationFunction.Relu => outputs[e] <= T.Zero ? T.Zero : gradient[e],
                ActivationFunction.Gelu => gradient[e] * GeluDerivative(sums[e]),
                ActivationFunction.Tanh => gradient[e] * (T.One - outputs[e] * outputs[e]),
                ActivationFunction.Sigmoid => gradient[e] * outputs[e] * (T.One - outputs[e]),
                ActivationFunction.Silu => gradient[e] * SiluDerivative(sums[e]),
                ActivationFunction.Softplus => gradient[e] * PlainActivation<T>.Sigmoid(sums[e]),
                ActivationFunction.HardSwish => gradient[e] * HardSwishDerivative(sums[e]),
                ActivationFunction.LeakyRelu => outputs[e] <= T.Zero ? gradient[e] * Number(function.Slope) : gradient[e],
                _ => throw new ArgumentOutOfRangeException(nameof(function), function, "Unknown activation function."),
            };
        }
    }

    /// <summary>Φ(z) + z · φ(z), where φ(z) = exp(−z²/2) / √(2π).</summary>
    private static T GeluDerivative(T z)
    {
        T density = T.Exp(z * z * Number(-0.5)) * Number(1 / Math.Sqrt(2 * Math.PI));
        return PlainActivation<T>.NormalDistribution(z) + (T.IsInfinity(z) ? T.Zero : z * density);
    }

    /// <summary>σ(z) + z · σ(z) · σ(−z), where σ(z) = 1 / (1 + exp(−z)).</summary>
    private static T SiluDerivative(T z)
    {
        T sigmoid = PlainActivation<T>.Sigmoid(z);
        return sigmoid + (T.IsInfinity(z) ? T.Zero : z * sigmoid * PlainActivation<T>.Sigmoid(-z));
    }

    /// <summary>z/3 + ½ between −3 and 3.</summary>
    private static T HardSwishDerivative(T z) =>
        z <= Number(-3) ? T.Zero : z >= Number(3) ? T.One : z / Number(3) + Number(0.5);
}
