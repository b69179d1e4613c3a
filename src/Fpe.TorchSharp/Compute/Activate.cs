using Fpe.Compute;
using TorchSharp;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

internal sealed partial class TorchKernels
{
    /// <summary>Below this value, Φ and φ are 0 in single precision; clamping avoids −∞ · 0.</summary>
    private static readonly Scalar Tail = -40.0, OtherTail = 40.0;

    private static readonly Scalar MinusRootHalf = -1 / Math.Sqrt(2), Density0 = 1 / Math.Sqrt(2 * Math.PI), MinusHalf = -0.5;

    public void Activate(ActivationFunction function, Activations x, Activations y, int batch) => Run(() =>
    {
        Tensor outputs = Batch(y, batch);
        outputs.copy_(Batch(x, batch));
        Activate(function, outputs);
    });

    /// <summary>z = f(z), in place.</summary>
    private static void Activate(ActivationFunction function, Tensor z)
    {
        _ = function switch
        {
            ActivationFunction.Identity => z,
            ActivationFunction.Relu => z.relu_(),
            ActivationFunction.Gelu => z.copy_(Gelu(z)),
            ActivationFunction.Tanh => z.tanh_(),
            ActivationFunction.Sigmoid => z.sigmoid_(),
            _ => throw new ArgumentOutOfRangeException(nameof(function), function, "Unknown activation function."),
        };
    }

    /// <summary>z · Φ(z), in double precision, because in single precision no digit of the lower tail would be correct.</summary>
    private static Tensor Gelu(Tensor z)
    {
        Tensor precise = z.to(ScalarType.Float64).clamp_min(Tail);
        return NormalDistribution(precise).mul_(precise);
    }

    /// <summary>Φ(z) = ½ · erfc(−z/√2).</summary>
    private static Tensor NormalDistribution(Tensor z) => z.mul(MinusRootHalf).erfc_().mul_(Half);

    /// <summary>Φ(z) + z · φ(z), where φ(z) = exp(−z²/2) / √(2π).</summary>
    private static Tensor GeluDerivative(Tensor z)
    {
        Tensor within = z.clamp(Tail, OtherTail);
        Tensor density = within.mul(within).mul_(MinusHalf).exp_().mul_(Density0);
        return NormalDistribution(within).addcmul_(within, density, One);
    }
}
