using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    public void ActivationGradient(ElementFunction function, Activations? z, Activations y, Activations dy, int batch)
    {
        if (function.Kind == ActivationFunction.Identity)
            return;
        nint count = Panel.Count(batch) * Panels(y).PanelStride;
        var elements = new ActivationArguments
        {
            Function = function,
            Y = SlopeArgument(function, z, y),
            Dy = Panels(dy).Values,
            Count = count,
        };
        Run(DivideUp(count, ElementChunk), &ActivationGradientChunk, &elements, count * ActivationWork);
    }

    private static void ActivationGradientChunk(void* arguments, int chunk)
    {
        var elements = (ActivationArguments*)arguments;
        nint first = chunk * (nint)ElementChunk;
        nint count = Math.Min(elements->Count - first, ElementChunk);
        TimesSlopes(elements->Function, elements->Y + first, elements->Dy + first, count);
    }

    /// <summary>
    /// Returns the argument that f′ is computed from: z if the function needs it (<see cref="ActivationFunctions.NeedsWeightedSums"/>),
    /// otherwise y.
    /// </summary>
    private static float* SlopeArgument(ElementFunction function, Activations? z, Activations y) =>
        Panels(function.Kind.NeedsWeightedSums() ? z! : y).Values;

    /// <summary>dy = dy · f′(z), for whole vectors. Each function has a loop without calls.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TimesSlopes(ElementFunction function, float* argument, float* dy, nint count)
    {
        switch (function.Kind)
        {
            case ActivationFunction.Relu:
                for (nint i = 0; i < count; i += Vector256<float>.Count)
                    Rectified(Vector256.Load(argument + i), Vector256.Load(dy + i)).Store(dy + i);
                break;
            case ActivationFunction.Gelu:
                for (nint i = 0; i < count; i += Vector256<float>.Count)
                    (Vector256.Load(dy + i) * VectorMath.GeluDerivative(Vector256.Load(argument + i))).Store(dy + i);
                break;
            case ActivationFunction.Tanh:
                for (nint i = 0; i < count; i += Vector256<float>.Count)
                    (Vector256.Load(dy + i) * TanhDerivative(Vector256.Load(argument + i))).Store(dy + i);
                break;
            case ActivationFunction.Sigmoid:
                for (nint i = 0; i < count; i += Vector256<float>.Count)
                    TimesSigmoidDerivative(Vector256.Load(argument + i), Vector256.Load(dy + i)).Store(dy + i);
                break;
            case ActivationFunction.Silu:
                for (nint i = 0; i < count; i += Vector256<float>.Count)
                    (Vector256.Load(dy + i) * VectorMath.SiluDerivative(Vector256.Load(argument + i))).Store(dy + i);
                break;
            case ActivationFunction.Softplus:
                for (nint i = 0; i < count; i += Vector256<float>.Count)
                    (Vector256.Load(dy + i) * VectorMath.Sigmoid(Vector256.Load(argument + i))).Store(dy + i);
                break;
            case ActivationFunction.HardSwish:
                for (nint i = 0; i < count; i += Vector256<float>.Count)
                    (Vector256.Load(dy + i) * VectorMath.HardSwishDerivative(Vector256.Load(argument + i))).Store(dy + i);
                break;
            case ActivationFunction.LeakyRelu:
                var slope = Vector256.Create((float)function.Slope);
                for (nint i = 0; i < count; i += Vector256<float>.Count)
                    Leak(Vector256.Load(argument + i), Vector256.Load(dy + i), slope).Store(dy + i);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(function), function, "Unknown activation function.");
        }
    }

    /// <summary>Returns dy · f′(z) for functions other than the identity and ReLU, whose loops contain no call.</summary>
    /// <param name="function">f.</param>
    /// <param name="a">z where f needs it, otherwise y.</param>
    /// <param name="dy">Gradient with respect to y.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static Vector256<float> TimesCurve(ElementFunction function, Vector256<float> a, Vector256<float> dy) => function.Kind switch
    {
        ActivationFunction.Gelu => dy * VectorMath.GeluDerivative(a),
        ActivationFunction.Tanh => dy * TanhDerivative(a),
        ActivationFunction.Sigmoid => TimesSigmoidDerivative(a, dy),
        ActivationFunction.Silu => dy * VectorMath.SiluDerivative(a),
        ActivationFunction.Softplus => dy * VectorMath.Sigmoid(a),
        ActivationFunction.HardSwish => dy * VectorMath.HardSwishDerivative(a),
        ActivationFunction.LeakyRelu => Leak(a, dy, Vector256.Create((float)function.Slope)),
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "Unknown activation function."),
    };

    /// <summary>dy where y is positive, otherwise 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> Rectified(Vector256<float> y, Vector256<float> dy) =>
        Vector256.AndNot(dy, Vector256.LessThanOrEqual(y, Vector256<float>.Zero));

    /// <summary>Returns the value where y is positive, otherwise slope · value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Leak(Vector256<float> y, Vector256<float> value, Vector256<float> slope) =>
        Vector256.ConditionalSelect(Vector256.LessThanOrEqual(y, Vector256<float>.Zero), value * slope, value);

    /// <summary>1 − y².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> TanhDerivative(Vector256<float> y) => Vector256<float>.One - y * y;

    /// <summary>dy · y · (1 − y).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> TimesSigmoidDerivative(Vector256<float> y, Vector256<float> dy) => dy * y * (Vector256<float>.One - y);
}
