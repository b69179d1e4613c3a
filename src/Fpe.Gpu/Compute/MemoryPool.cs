using ILGPU;
using ILGPU.Runtime;

namespace Fpe.Gpu.Compute;

/// <summary>
/// Memory of a device in pieces of 4-byte elements. Freed pieces are kept for the next one of their size, because the driver waits for the
/// device when it allocates, and are returned to the driver when memory runs out. Work is done in order, so a piece may be reused at once.
/// </summary>
internal sealed class MemoryPool(GpuInfo info, Accelerator accelerator)
{
    private const int ElementSize = 4, SmallestPiece = 64;

    private readonly Dictionary<long, Stack<MemoryBuffer>> kept = [];

    /// <summary>Bytes allocated from the driver: those in use and those kept.</summary>
    public long Allocated { get; private set; }

    private long keptBytes;

    /// <summary>Returns a piece of at least so many elements; what it holds is undefined.</summary>
    /// <exception cref="GpuException">There is not enough memory.</exception>
    public MemoryBuffer Rent(long elements, string what)
    {
        long size = PieceSize(elements);
        if (kept.TryGetValue(size, out Stack<MemoryBuffer>? pieces) && pieces.TryPop(out MemoryBuffer? piece))
        {
            keptBytes -= size * ElementSize;
            return piece;
        }

        // Drivers promise more memory than exists, and fail when it is first used.
        if ((size * ElementSize) + Allocated > info.Memory)
            FreeKept();
        if ((size * ElementSize) + Allocated > info.Memory)
            throw GpuFailure.OfMemory(info, what, elements * ElementSize, Allocated);
        try
        {
            return Allocate(size);
        }
        catch (Exception error) when (GpuFailure.IsOutOfMemory(error))
        {
            FreeKept();
            return AllocateAtLast(size, elements, what);
        }
    }

    /// <summary>Takes a piece back.</summary>
    public void Return(MemoryBuffer piece)
    {
        if (!kept.TryGetValue(piece.Length, out Stack<MemoryBuffer>? pieces))
            kept[piece.Length] = pieces = new();
        pieces.Push(piece);
        keptBytes += piece.LengthInBytes;
    }

    /// <summary>Sizes in steps of an eighth at most, so that pieces of almost the same size can stand in for each other.</summary>
    private static long PieceSize(long elements)
    {
        long size = Math.Max(SmallestPiece, elements);
        long step = Math.Max(SmallestPiece, (long)System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)size) / 16);
        return (size + step - 1) / step * step;
    }

    private MemoryBuffer Allocate(long size)
    {
        MemoryBuffer piece = accelerator.AllocateRaw(size, ElementSize);
        Allocated += piece.LengthInBytes;
        return piece;
    }

    private MemoryBuffer AllocateAtLast(long size, long elements, string what)
    {
        try
        {
            return Allocate(size);
        }
        catch (Exception error) when (GpuFailure.IsOutOfMemory(error))
        {
            throw GpuFailure.OfMemory(info, what, elements * ElementSize, Allocated, error);
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
