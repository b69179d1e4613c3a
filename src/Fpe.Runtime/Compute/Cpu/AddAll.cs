using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    /// <summary>The most terms that are added while a part of the sum is in the cache.</summary>
    private const int TermsAtOnce = 16;

    public void AddAll(ReadOnlySpan<DeviceBuffer> terms, DeviceBuffer y)
    {
        int count = Floats(y).PaddedLength;
        float** sources = stackalloc float*[TermsAtOnce];
        for (int first = 0; first < terms.Length; first += TermsAtOnce)
        {
            ReadOnlySpan<DeviceBuffer> own = terms.Slice(first, Math.Min(TermsAtOnce, terms.Length - first));
            for (int t = 0; t < own.Length; t++)
                sources[t] = Floats(own[t]).Address;
            var arguments = new SumArguments { Sources = sources, TermCount = own.Length, Target = Floats(y).Address, Count = count };
            Run(DivideUp(count, ElementChunk), &SumChunk, &arguments, (long)count * AddWork * own.Length);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumChunk(void* arguments, int chunk)
    {
        var own = (SumArguments*)arguments;
        nint first = chunk * (nint)ElementChunk, end = Math.Min(own->Count, first + ElementChunk);
        float** sources = own->Sources;
        float* target = own->Target;
        int termCount = own->TermCount;
        for (nint i = first; i < end; i += 2 * Vector256<float>.Count)
        {
            var sum0 = Vector256.Load(target + i);
            var sum1 = Vector256.Load(target + i + Vector256<float>.Count);
            for (int t = 0; t < termCount; t++)
            {
                sum0 += Vector256.Load(sources[t] + i);
                sum1 += Vector256.Load(sources[t] + i + Vector256<float>.Count);
            }

            sum0.Store(target + i);
            sum1.Store(target + i + Vector256<float>.Count);
        }
    }

    private struct SumArguments
    {
        public float** Sources;
        public float* Target;
        public int TermCount, Count;
    }
}
