using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    public void ActivationGradient(ActivationFunction function, Activations? z, Activations y, Activations dy, int batch)
    {
        if (function == ActivationFunction.Identity)
            return;
        nint count = Panel.Count(batch) * Panels(y).PanelStride;
        var elements = new ActivationArguments
        {
            Function = function,
            Z = function == ActivationFunction.Gelu ? Panels(z!).Values : null,
            Y = Panels(y).Values,
            Dy = Panels(dy).Values,
            Count = count,
        };
        Run(DivideUp(count, ElementChunk), &ActivationGradientChunk, &elements, count * ActivationWork);
    }

    private static void ActivationGradientChunk(void* arguments, int chunk)
    {
        var elements = (ActivationArguments*)arguments;
        ActivationFunction function = elements->Function;
        float* argument = function == ActivationFunction.Gelu ? elements->Z : elements->Y;
        float* gradient = elements->Dy;
        nint i = chunk * (nint)ElementChunk;
        nint end = Math.Min(elements->Count, i + ElementChunk);
        if (function == ActivationFunction.Relu)
        {
            // apart, so that the loop has no branch
            for (; i < end; i += Vector256<float>.Count)
                ReluSlope(Vector256.Load(argument + i), Vector256.Load(gradient + i)).Store(gradient + i);
            return;
        }

        for (; i < end; i += Vector256<float>.Count)
            TimesSlope(function, Vector256.Load(argument + i), Vector256.Load(gradient + i)).Store(gradient + i);
    }

    private static Vector256<float> ReluSlope(Vector256<float> y, Vector256<float> dy) =>
        Vector256.AndNot(dy, Vector256.LessThanOrEqual(y, Vector256<float>.Zero));

    /// <param name="function">f.</param>
    /// <param name="a">z for <see cref="ActivationFunction.Gelu"/>, else y.</param>
    /// <param name="dy">Gradient by y.</param>
    private static Vector256<float> TimesSlope(ActivationFunction function, Vector256<float> a, Vector256<float> dy) => function switch
    {
        ActivationFunction.Gelu => dy * VectorMath.GeluDerivative(a),
        ActivationFunction.Tanh => dy * (Vector256<float>.One - a * a),
        ActivationFunction.Sigmoid => dy * a * (Vector256<float>.One - a),
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "Unknown activation function."),
    };
}
