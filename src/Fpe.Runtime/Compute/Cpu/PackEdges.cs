using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <content>Eight elements at a time are moved together or apart by a permutation that follows from which of them belong to an edge.</content>
internal sealed unsafe partial class CpuKernels
{
    /// <summary>Multiply-adds that take as long as one element, which is read and written.</summary>
    private const int PackWork = 4;

    public void PackEdges(DeviceEdges edges, int first, int count, DeviceBuffer values, DeviceBuffer packed, int start) =>
        MoveEdges(&PackChunk, LanePermutations.Together, edges.Mask, first, count, values, packed, start);

    public void UnpackEdges(DeviceEdges edges, int first, int count, DeviceBuffer packed, int start, DeviceBuffer values) =>
        MoveEdges(&UnpackChunk, LanePermutations.Apart, edges.Mask, first, count, values, packed, start);

    private void MoveEdges(
        delegate*<void*, int, void> body, int* permutations, EdgeMask mask, int first, int count, DeviceBuffer values, DeviceBuffer packed, int start)
    {
        int word = first / DeviceBuffer.SliceAlignment;
        fixed (ulong* words = mask.Words[word..])
        fixed (int* edgesBefore = mask.EdgesBefore[word..])
        {
            var arguments = new PackArguments
            {
                Permutations = permutations,
                Masks = (byte*)words,
                EdgesBefore = edgesBefore,
                Values = Floats(values).Address + first,
                Packed = Floats(packed).Address + start,
                Count = count,
            };
            Run(DivideUp(count, ElementChunk), body, &arguments, (long)count * PackWork);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackChunk(void* arguments, int chunk)
    {
        var own = (PackArguments*)arguments;
        (nint first, nint end) = own->RangeOf(chunk);
        float* target = own->PlaceOf(first), targetEnd = own->PlaceOf(end), values = own->Values;
        byte* masks = own->Masks;
        int* permutations = own->Permutations;
        for (nint i = first; i < end; i += Vector256<float>.Count)
        {
            int mask = masks[i / Vector256<float>.Count];
            var edges = Vector256.Shuffle(Vector256.Load(values + i), Vector256.Load(permutations + mask * Vector256<float>.Count));
            int count = BitOperations.PopCount((uint)mask);

            // What lies behind them is overwritten by the next ones, unless it belongs to another chunk.
            if (targetEnd - target >= Vector256<float>.Count)
                edges.Store(target);
            else
                StoreFirst(edges, count, target);
            target += count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void UnpackChunk(void* arguments, int chunk)
    {
        var own = (PackArguments*)arguments;
        (nint first, nint end) = own->RangeOf(chunk);
        float* source = own->PlaceOf(first), values = own->Values;
        byte* masks = own->Masks;
        int* permutations = own->Permutations;
        for (nint i = first; i < end; i += Vector256<float>.Count)
        {
            int mask = masks[i / Vector256<float>.Count];
            Vector256.Shuffle(Vector256.Load(source), Vector256.Load(permutations + mask * Vector256<float>.Count)).Store(values + i);
            source += BitOperations.PopCount((uint)mask);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StoreFirst(Vector256<float> values, int count, float* target)
    {
        for (int i = 0; i < count; i++)
            target[i] = values[i];
    }

    private struct PackArguments
    {
        public int* Permutations;

        /// <summary>A bit for each element.</summary>
        public byte* Masks;

        /// <summary>For each word of the masks, the number of edges before it.</summary>
        public int* EdgesBefore;

        public float* Values, Packed;
        public int Count;

        public readonly (nint First, nint End) RangeOf(int chunk)
        {
            nint first = chunk * (nint)ElementChunk;
            return (first, Math.Min(Count, first + ElementChunk));
        }

        /// <summary>Where the value of the next edge is, from an element on that begins a word or is the end.</summary>
        public readonly float* PlaceOf(nint element) =>
            Packed + EdgesBefore[(element + DeviceBuffer.SliceAlignment - 1) / DeviceBuffer.SliceAlignment] - EdgesBefore[0];
    }
}
