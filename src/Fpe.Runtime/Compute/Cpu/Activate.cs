using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    /// <summary>Numbers of a chunk of the kernels that go number by number: 64 KiB.</summary>
    private const int ElementChunk = 16 * 1024;

    /// <summary>Multiply-adds that take as long as an activation of one number.</summary>
    private const int ActivationWork = 16;

    public void Activate(ActivationFunction function, Activations x, Activations y, int batch) =>
        Activate(function, Panels(x), Panels(y), batch);

    /// <summary>y = f(z); y may be z.</summary>
    private void Activate(ActivationFunction function, CpuActivations z, CpuActivations y, int batch)
    {
        if (function == ActivationFunction.Identity && ReferenceEquals(z, y))
            return;
        var elements = z.IsFew
            ? new ActivationArguments { Z = z.ReadFew(batch), Y = y.WriteFew(batch), Count = FewSamples.Lanes(batch) * (nint)z.Features }
            : new ActivationArguments { Z = z.Values, Y = y.Values, Count = Panel.Count(batch) * z.PanelStride };
        elements.Function = function;
        Run(DivideUp(elements.Count, ElementChunk), &ActivateChunk, &elements, elements.Count * ActivationWork);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ActivateChunk(void* arguments, int chunk)
    {
        var elements = (ActivationArguments*)arguments;
        nint end = Math.Min(elements->Count, (chunk + 1) * (nint)ElementChunk);
        for (nint i = chunk * (nint)ElementChunk; i < end; i += Vector256<float>.Count)
            Activate(elements->Function, Vector256.Load(elements->Z + i)).Store(elements->Y + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Activate(ActivationFunction function, Vector256<float> z) => function switch
    {
        ActivationFunction.Identity => z,
        ActivationFunction.Relu => Vector256.Max(z, Vector256<float>.Zero),
        ActivationFunction.Gelu => VectorMath.Gelu(z),
        ActivationFunction.Tanh => VectorMath.Tanh(z),
        ActivationFunction.Sigmoid => VectorMath.Sigmoid(z),
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "Unknown activation function."),
    };

    private struct ActivationArguments
    {
        public ActivationFunction Function;
        public float* Z, Y, Dy;
        public nint Count, Step;
    }
}
