using System.Runtime.InteropServices;

namespace Fpe.Mpi;

/// <summary>The handles of messages that are under way. MPI writes to them, so nothing frees them by itself.</summary>
internal sealed unsafe class MpiRequests
{
    private readonly int size;
    private byte* memory;

    /// <summary>Makes room for some messages.</summary>
    public MpiRequests(MpiLibrary library, int count)
    {
        (size, Count) = (library.RequestSize, count);
        memory = (byte*)NativeMemory.AllocZeroed((nuint)Math.Max(count, 1), (nuint)size);
    }

    /// <summary>The number of messages.</summary>
    public int Count { get; }

    /// <summary>All handles, one after the other.</summary>
    public void* All => memory;

    /// <summary>Returns where the handle of a message is.</summary>
    public void* At(int index) => memory + ((nint)index * size);

    /// <summary>Frees the handles; no message is under way.</summary>
    public void Free()
    {
        NativeMemory.Free(memory);
        memory = null;
    }
}
