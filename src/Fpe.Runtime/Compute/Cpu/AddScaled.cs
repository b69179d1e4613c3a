using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    /// <summary>Multiply-adds that take as long as one element, for which three numbers are read or written.</summary>
    private const int AddWork = 6;

    public void AddScaled(DeviceBuffer x, double scale, DeviceBuffer y)
    {
        int count = Floats(y).PaddedLength;
        var arguments = new AddArguments(Floats(x).Address, Floats(y).Address, (float)scale, count);
        Run(DivideUp(count, ElementChunk), &AddChunk, &arguments, (long)count * AddWork);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddChunk(void* arguments, int chunk)
    {
        var own = (AddArguments*)arguments;
        nint first = chunk * (nint)ElementChunk, end = Math.Min(own->Count, first + ElementChunk);
        float* source = own->Source, target = own->Target;
        var factor = Vector256.Create(own->Scale);
        for (nint i = first; i < end; i += Vector256<float>.Count)
            Vector256.MultiplyAddEstimate(factor, Vector256.Load(source + i), Vector256.Load(target + i)).Store(target + i);
    }

    private readonly struct AddArguments(float* source, float* target, float scale, int count)
    {
        public readonly float* Source = source, Target = target;
        public readonly float Scale = scale;
        public readonly int Count = count;
    }
}
