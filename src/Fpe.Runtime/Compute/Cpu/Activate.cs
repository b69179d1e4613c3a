using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    /// <summary>Elements per chunk of element-wise kernels: 64 KiB.</summary>
    private const int ElementChunk = 16 * 1024;

    /// <summary>Multiply-adds that take as long as the activation of one element.</summary>
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

    private static void ActivateChunk(void* arguments, int chunk)
    {
        var elements = (ActivationArguments*)arguments;
        nint first = chunk * (nint)ElementChunk;
        float* z = elements->Z + first;
        float* y = elements->Y + first;
        nint count = Math.Min(elements->Count - first, ElementChunk);
        switch (elements->Function)
        {
            case ActivationFunction.Identity:
                Buffer.MemoryCopy(z, y, sizeof(float) * count, sizeof(float) * count);
                break;
            case ActivationFunction.Relu:
                Rectify(z, y, count);
                break;
            default:
                Bend(elements->Function, z, y, count);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rectify(float* z, float* y, nint count)
    {
        nint i = 0;
        for (; i <= count - 4 * Vector256<float>.Count; i += 4 * Vector256<float>.Count)
        {
            Vector256.Max(Vector256.Load(z + i), Vector256<float>.Zero).Store(y + i);
            Vector256.Max(Vector256.Load(z + i + 8), Vector256<float>.Zero).Store(y + i + 8);
            Vector256.Max(Vector256.Load(z + i + 16), Vector256<float>.Zero).Store(y + i + 16);
            Vector256.Max(Vector256.Load(z + i + 24), Vector256<float>.Zero).Store(y + i + 24);
        }

        for (; i < count; i += Vector256<float>.Count)
            Vector256.Max(Vector256.Load(z + i), Vector256<float>.Zero).Store(y + i);
    }

    /// <summary>Applies the functions for which the cost of a call per vector does not matter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Bend(ActivationFunction function, float* z, float* y, nint count)
    {
        // a separate, inlined loop, because a call per vector would be 20 % slower
        if (function == ActivationFunction.Gelu)
        {
            for (nint i = 0; i < count; i += Vector256<float>.Count)
                VectorMath.Gelu(Vector256.Load(z + i)).Store(y + i);
            return;
        }

        for (nint i = 0; i < count; i += Vector256<float>.Count)
        {
            var values = Vector256.Load(z + i);
            var bent = function switch
            {
                ActivationFunction.Tanh => VectorMath.Tanh(values),
                ActivationFunction.Sigmoid => VectorMath.Sigmoid(values),
                ActivationFunction.Silu => VectorMath.Silu(values),
                ActivationFunction.Softplus => VectorMath.Softplus(values),
                ActivationFunction.HardSwish => VectorMath.HardSwish(values),
                _ => throw new ArgumentOutOfRangeException(nameof(function), function, "Unknown activation function."),
            };
            bent.Store(y + i);
        }
    }

    private struct ActivationArguments
    {
        public ActivationFunction Function;
        public float* Z, Y, Dy;
        public nint Count, Step;
    }
}
