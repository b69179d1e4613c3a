using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    /// <summary>y = f(z) for all lanes of a panel; y may be z.</summary>
    private static void Activate(ActivationFunction function, in Panel z, in Panel y, int features)
    {
        if (function == ActivationFunction.Identity && z.Values == y.Values)
            return;
        for (int o = 0; o < features; o++)
        {
            float* sums = z.Row(o);
            float* outputs = y.Row(o);
            for (int l = 0; l < z.Lanes; l += Vector256<float>.Count)
                Activate(function, Vector256.Load(sums + l)).Store(outputs + l);
        }
    }

    private static Vector256<float> Activate(ActivationFunction function, Vector256<float> z) => function switch
    {
        ActivationFunction.Identity => z,
        ActivationFunction.Relu => Vector256.Max(z, Vector256<float>.Zero),
        ActivationFunction.Gelu => VectorMath.Gelu(z),
        ActivationFunction.Tanh => VectorMath.Tanh(z),
        ActivationFunction.Sigmoid => VectorMath.Sigmoid(z),
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "Unknown activation function."),
    };
}
