using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Fpe.Compute.Cpu;

/// <content>
/// A vector of elements at a time is moved together or apart, as its bits of the mask say: by an instruction of AVX-512, or by a permutation of eight.
/// </content>
internal sealed unsafe partial class CpuKernels
{
    /// <summary>Multiply-adds that take as long as one element, which is read and written.</summary>
    private const int PackWork = 4;

    public void PackEdges(DeviceEdges edges, int first, int count, DeviceBuffer values, DeviceBuffer packed, int start) =>
        MoveEdges(MovesSixteen ? &PackSixteen : &PackEight, LanePermutations.Together, edges.Mask, first, count, values, packed, start);

    public void UnpackEdges(DeviceEdges edges, int first, int count, DeviceBuffer packed, int start, DeviceBuffer values) =>
        MoveEdges(MovesSixteen ? &UnpackSixteen : &UnpackEight, LanePermutations.Apart, edges.Mask, first, count, values, packed, start);

    private bool MovesSixteen => device.Width == VectorWidth.Bits512 && Avx512F.IsSupported;

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
    private static void PackEight(void* arguments, int chunk)
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
    private static void UnpackEight(void* arguments, int chunk)
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
    private static void PackSixteen(void* arguments, int chunk)
    {
        var own = (PackArguments*)arguments;
        (nint first, nint end) = own->RangeOf(chunk);
        float* target = own->PlaceOf(first), targetEnd = own->PlaceOf(end), values = own->Values;
        var masks = (ushort*)own->Masks;
        for (nint i = first; i < end; i += Vector512<float>.Count)
        {
            uint mask = masks[i / Vector512<float>.Count];
            var edges = Avx512F.Compress(Vector512<float>.Zero, LanesOf(mask), Vector512.Load(values + i));
            int count = BitOperations.PopCount(mask);
            if (targetEnd - target >= Vector512<float>.Count)
                edges.Store(target);
            else
                StoreFirst(edges, count, target);
            target += count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void UnpackSixteen(void* arguments, int chunk)
    {
        var own = (PackArguments*)arguments;
        (nint first, nint end) = own->RangeOf(chunk);
        float* source = own->PlaceOf(first), values = own->Values;
        var masks = (ushort*)own->Masks;
        for (nint i = first; i < end; i += Vector512<float>.Count)
        {
            uint mask = masks[i / Vector512<float>.Count];
            Avx512F.Expand(Vector512<float>.Zero, LanesOf(mask), Vector512.Load(source)).Store(values + i);
            source += BitOperations.PopCount(mask);
        }
    }

    /// <summary>All bits of the lanes that a mask names.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> LanesOf(uint mask)
    {
        var bits = Vector512.Create(1u, 1 << 1, 1 << 2, 1 << 3, 1 << 4, 1 << 5, 1 << 6, 1 << 7, 1 << 8, 1 << 9, 1 << 10, 1 << 11, 1 << 12, 1 << 13, 1 << 14, 1 << 15);
        return Vector512.Equals(Vector512.Create(mask) & bits, bits).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StoreFirst(Vector256<float> values, int count, float* target)
    {
        for (int i = 0; i < count; i++)
            target[i] = values[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StoreFirst(Vector512<float> values, int count, float* target)
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
