using Fpe.Compute;
using TorchSharp;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

internal sealed partial class TorchKernels
{
    /// <summary>Below this value, Φ and φ are 0 in single precision; clamping avoids −∞ · 0.</summary>
    private static readonly Scalar Tail = -40.0, OtherTail = 40.0;

    /// <summary>Below it σ is 0 in double precision too.</summary>
    private static readonly Scalar SigmoidTail = -1000.0, OtherSigmoidTail = 1000.0;

    private static readonly Scalar MinusThree = -3.0, Three = 3.0, Six = 6.0, Sixth = 1.0 / 6, Third = 1.0 / 3;

    private static readonly Scalar MinusRootHalf = -1 / Math.Sqrt(2), Density0 = 1 / Math.Sqrt(2 * Math.PI), MinusHalf = -0.5;

    public void Activate(ElementFunction function, Activations x, Activations y, int batch) => Run(() =>
    {
        Tensor outputs = Batch(y, batch);
        outputs.copy_(Batch(x, batch));
        Activate(function, outputs);
    });

    /// <summary>z = f(z), in place.</summary>
    private static void Activate(ElementFunction function, Tensor z)
    {
        _ = function.Kind switch
        {
            ActivationFunction.Identity => z,
            ActivationFunction.Relu => z.relu_(),
            ActivationFunction.Gelu => z.copy_(Gelu(z)),
            ActivationFunction.Tanh => z.tanh_(),
            ActivationFunction.Sigmoid => z.sigmoid_(),
            ActivationFunction.Silu => z.copy_(Silu(z)),
            ActivationFunction.Softplus => z.copy_(Softplus(z)),
            ActivationFunction.HardSwish => z.copy_(HardSwish(z)),
            ActivationFunction.LeakyRelu => z.copy_(Leak(z, z, function.Slope)),
            _ => throw new ArgumentOutOfRangeException(nameof(function), function, "Unknown activation function."),
        };
    }

    /// <summary>z · σ(z), where σ(z) = 1 / (1 + exp(−z)), in double precision for the lower tail.</summary>
    private static Tensor Silu(Tensor z)
    {
        Tensor precise = z.to(ScalarType.Float64).clamp_min(SigmoidTail);
        return precise.sigmoid().mul_(precise);
    }

    /// <summary>log(1 + exp(z)) = max(z, 0) + log(1 + exp(−|z|)), in double precision for the lower tail.</summary>
    private static Tensor Softplus(Tensor z)
    {
        Tensor precise = z.to(ScalarType.Float64);
        return precise.abs().neg_().exp_().log1p_().add_(precise.relu(), One);
    }

    /// <summary>σ(z) + z · σ(z) · σ(−z).</summary>
    private static Tensor SiluDerivative(Tensor z)
    {
        Tensor within = z.clamp(SigmoidTail, OtherSigmoidTail);
        Tensor sigmoid = within.sigmoid();
        return sigmoid.addcmul(within.mul(sigmoid), within.neg().sigmoid_(), One);
    }

    /// <summary>z · min(max(z + 3, 0), 6) / 6.</summary>
    private static Tensor HardSwish(Tensor z)
    {
        Tensor within = z.clamp_min(MinusThree);
        return within.add(Three, One).clamp_max_(Six).mul_(Sixth).mul_(within);
    }

    /// <summary>z/3 + ½ between −3 and 3, 0 below and 1 above.</summary>
    private static Tensor HardSwishDerivative(Tensor z)
    {
        Tensor slope = z.clamp(MinusThree, Three).mul_(Third).add_(Half, One);
        Tensor above = z.clone().ge_(Three);
        return slope.mul_(z.clone().gt_(MinusThree)).addcmul_(slope, above, MinusOne).add_(above, One);
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
