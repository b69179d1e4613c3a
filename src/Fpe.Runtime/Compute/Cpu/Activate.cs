using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    /// <summary>Elements per chunk of element-wise kernels: 64 KiB.</summary>
    private const int ElementChunk = 16 * 1024;

    /// <summary>Multiply-adds that take as long as the activation of one element.</summary>
    private const int ActivationWork = 16;

    public void Activate(ElementFunction function, Activations x, Activations y, int batch) =>
        Activate(function, Panels(x), Panels(y), batch);

    /// <summary>y = f(z); y may be z.</summary>
    private void Activate(ElementFunction function, CpuActivations z, CpuActivations y, int batch)
    {
        if (function.Kind == ActivationFunction.Identity && ReferenceEquals(z, y))
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
        switch (elements->Function.Kind)
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

    /// <summary>Applies all other functions. Each has a loop without calls.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Bend(ElementFunction function, float* z, float* y, nint count)
    {
        switch (function.Kind)
        {
            case ActivationFunction.Gelu:
                Gelu(z, y, count);
                break;
            case ActivationFunction.Tanh:
                for (nint i = 0; i < count; i += Vector256<float>.Count)
                    VectorMath.Tanh(Vector256.Load(z + i)).Store(y + i);
                break;
            case ActivationFunction.Sigmoid:
                for (nint i = 0; i < count; i += Vector256<float>.Count)
                    VectorMath.Sigmoid(Vector256.Load(z + i)).Store(y + i);
                break;
            case ActivationFunction.Silu:
                for (nint i = 0; i < count; i += Vector256<float>.Count)
                    VectorMath.Silu(Vector256.Load(z + i)).Store(y + i);
                break;
            case ActivationFunction.Softplus:
                for (nint i = 0; i < count; i += Vector256<float>.Count)
                    VectorMath.Softplus(Vector256.Load(z + i)).Store(y + i);
                break;
            case ActivationFunction.HardSwish:
                for (nint i = 0; i < count; i += Vector256<float>.Count)
                    VectorMath.HardSwish(Vector256.Load(z + i)).Store(y + i);
                break;
            case ActivationFunction.LeakyRelu:
                var slope = Vector256.Create((float)function.Slope);
                for (nint i = 0; i < count; i += Vector256<float>.Count)
                    Leak(Vector256.Load(z + i), Vector256.Load(z + i), slope).Store(y + i);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(function), function, "Unknown activation function.");
        }
    }

    /// <summary>A separate method: inside <see cref="Bend"/> it would make tanh a third slower.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gelu(float* z, float* y, nint count)
    {
        for (nint i = 0; i < count; i += Vector256<float>.Count)
            VectorMath.Gelu(Vector256.Load(z + i)).Store(y + i);
    }

    private struct ActivationArguments
    {
        public ElementFunction Function;
        public float* Z, Y, Dy;
        public nint Count;
    }
}
