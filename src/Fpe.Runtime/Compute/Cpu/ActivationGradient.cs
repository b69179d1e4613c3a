using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    public void ActivationGradient(ActivationFunction function, Activations? z, Activations y, Activations dy, int batch)
    {
        if (function == ActivationFunction.Identity)
            return;
        for (int p = 0; p < Panels(y).PanelCount(batch); p++)
        {
            Panel outputs = Panels(y).PanelAt(p, batch);
            Panel gradients = Panels(dy).PanelAt(p, batch);
            Panel arguments = function == ActivationFunction.Gelu ? Panels(z!).PanelAt(p, batch) : outputs;
            for (int o = 0; o < y.Features; o++)
            {
                float* argument = arguments.Row(o);
                float* gradient = gradients.Row(o);
                for (int l = 0; l < outputs.Lanes; l += Vector256<float>.Count)
                    TimesSlope(function, Vector256.Load(argument + l), Vector256.Load(gradient + l)).Store(gradient + l);
            }
        }
    }

    /// <param name="function">f.</param>
    /// <param name="a">z for <see cref="ActivationFunction.Gelu"/>, else y.</param>
    /// <param name="dy">Gradient by y.</param>
    private static Vector256<float> TimesSlope(ActivationFunction function, Vector256<float> a, Vector256<float> dy) => function switch
    {
        ActivationFunction.Relu => Vector256.AndNot(dy, Vector256.LessThanOrEqual(a, Vector256<float>.Zero)),
        ActivationFunction.Gelu => dy * VectorMath.GeluDerivative(a),
        ActivationFunction.Tanh => dy * (Vector256<float>.One - a * a),
        ActivationFunction.Sigmoid => dy * a * (Vector256<float>.One - a),
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "Unknown activation function."),
    };
}
