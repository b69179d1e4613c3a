using System.Collections.Concurrent;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace Fpe.Gpu.Compute;

/// <summary>
/// Memory of a device in pieces of 4-byte elements. Freed pieces are kept for the next one of their size, because the driver waits for the
/// device when it allocates, and are returned to the driver when memory runs out. Work is done in order, so a piece may be reused at once.
/// </summary>
/// <remarks>Except for <see cref="Return"/>, whoever calls it holds the lock of the device's queue.</remarks>
internal sealed class MemoryPool(GpuInfo info, Accelerator accelerator)
{
    private const int ElementSize = 4, SmallestPiece = 64;

    private readonly Dictionary<long, Stack<MemoryBuffer>> kept = [];

    /// <summary>Pieces in use. A piece that nothing referred to would be freed behind the back of the pool.</summary>
    private readonly HashSet<MemoryBuffer> used = [];

    private readonly ConcurrentQueue<MemoryBuffer> returned = new();

    /// <summary>Bytes allocated from the driver: those in use and those kept.</summary>
    public long Allocated { get; private set; }

    /// <summary>The free bytes of the device, as the driver shows them; null if it cannot.</summary>
    private long? FreeMemory => (accelerator as CudaAccelerator)?.GetFreeMemory();

    private long keptBytes;

    /// <summary>Returns a piece of at least so many elements; what it holds is undefined.</summary>
    /// <exception cref="GpuException">There is not enough memory.</exception>
    public MemoryBuffer Rent(long elements, string what)
    {
        long size = PieceSize(elements);
        KeepReturned();
        if (!kept.TryGetValue(size, out Stack<MemoryBuffer>? pieces) || !pieces.TryPop(out MemoryBuffer? piece))
            piece = Allocate(size, elements, what);
        else
            keptBytes -= size * ElementSize;
        used.Add(piece);
        return piece;
    }

    /// <summary>Takes a piece back. Any thread may call it at any time, also that of finalizers.</summary>
    public void Return(MemoryBuffer piece) => returned.Enqueue(piece);

    /// <summary>Sizes in steps of an eighth at most, so that pieces of almost the same size can stand in for each other.</summary>
    private static long PieceSize(long elements)
    {
        long size = Math.Max(SmallestPiece, elements);
        long step = Math.Max(SmallestPiece, (long)System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)size) / 16);
        return (size + step - 1) / step * step;
    }

    /// <summary>Allocates a piece: at once, or without what is kept, or after what nobody refers to was found.</summary>
    private MemoryBuffer Allocate(long size, long elements, string what)
    {
        if (TryAllocate(size, out Exception? error) is { } piece)
            return piece;
        FreeKept();
        if (TryAllocate(size, out error) is { } second)
            return second;

        // The garbage collector does not see how large these objects are, so it may be late.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        KeepReturned();
        FreeKept();
        return TryAllocate(size, out error) ?? throw GpuFailure.OfMemory(info, what, elements * ElementSize, Allocated, FreeMemory, error);
    }

    /// <summary>Allocates a piece, unless there is no memory for it.</summary>
    private MemoryBuffer? TryAllocate(long size, out Exception? error)
    {
        error = null;

        // Drivers promise more memory than exists, and fail when it is first used.
        if ((size * ElementSize) + Allocated > info.Memory)
            return null;
        try
        {
            MemoryBuffer piece = accelerator.AllocateRaw(size, ElementSize);
            Allocated += piece.LengthInBytes;
            return piece;
        }
        catch (Exception failure) when (GpuFailure.IsOutOfMemory(failure))
        {
            error = failure;
            return null;
        }
    }

    private void KeepReturned()
    {
        while (returned.TryDequeue(out MemoryBuffer? piece))
        {
            used.Remove(piece);
            if (!kept.TryGetValue(piece.Length, out Stack<MemoryBuffer>? pieces))
                kept[piece.Length] = pieces = new();
            pieces.Push(piece);
            keptBytes += piece.LengthInBytes;
        }
    }

    private void FreeKept()
    {
        accelerator.DefaultStream.Synchronize();
        foreach (MemoryBuffer piece in kept.Values.SelectMany(pieces => pieces))
            piece.Dispose();
        kept.Clear();
        Allocated -= keptBytes;
        keptBytes = 0;
    }
}
