using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    /// <summary>Multiply-adds that take as long as one move.</summary>
    private const int MoveWork = 64;

    /// <summary>Moves that a thread makes at a time.</summary>
    private const int MoveChunkSize = 4096;

    /// <summary>How many moves before its own an element is fetched; they lie so far apart that the processor does not foresee them.</summary>
    private const int MovesAhead = 64;

    public void MoveValues(IndexBuffer from, IndexBuffer to, DeviceBuffer values)
    {
        int count = from.Length;
        KernelIndices.CheckMoves(new ReadOnlySpan<int>(Integers(from), count), new ReadOnlySpan<int>(Integers(to), count), values.Length);
        var moves = new MoveArguments { From = Integers(from), To = Integers(to), Values = Floats(values).Address, Count = count };
        Run(DivideUp(count, MoveChunkSize), &MoveChunk, &moves, (long)count * MoveWork);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MoveChunk(void* arguments, int chunk)
    {
        var moves = (MoveArguments*)arguments;
        nint first = chunk * (nint)MoveChunkSize, end = Math.Min(moves->Count, first + MoveChunkSize);
        int* from = moves->From, to = moves->To;
        float* values = moves->Values;
        for (nint k = first; k < end; k++)
        {
            if (Sse.IsSupported && k + MovesAhead < end)
            {
                Sse.Prefetch0(values + from[k + MovesAhead]);
                Sse.Prefetch0(values + to[k + MovesAhead]);
            }

            float* source = values + from[k];
            values[to[k]] = *source;
            *source = 0;
        }
    }

    private struct MoveArguments
    {
        public int* From, To;
        public float* Values;
        public int Count;
    }
}
