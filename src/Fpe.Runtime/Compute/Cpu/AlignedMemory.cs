using System.Runtime.InteropServices;

namespace Fpe.Compute.Cpu;

/// <summary>Zero-initialised native memory, aligned to a cache line; freed on disposal or by the finalizer.</summary>
/// <remarks>
/// An address is valid while the memory is reachable and not disposed. Kernels rely on their caller for that: arguments stay reachable
/// (<see cref="CheckedKernels"/>), and a model frees nothing that a call still uses (<see cref="ModelAccess"/>). Copies to and from the
/// host, which may be requested at any time, use <see cref="Lease"/>.
/// </remarks>
internal sealed unsafe class AlignedMemory : SafeHandle
{
    /// <summary>Size of a cache line and of the widest vector, in bytes.</summary>
    public const int Alignment = 64;

    public AlignedMemory(long bytes)
        : base(0, ownsHandle: true)
    {
        Size = Math.Max(bytes, Alignment);
        SetHandle((nint)(GuardedMemory.IsUsed ? GuardedMemory.Allocate(Size) : Allocate()));
        GC.AddMemoryPressure(Size);
    }

    /// <summary>Size in bytes.</summary>
    public long Size { get; }

    public override bool IsInvalid => handle == 0;

    public float* Floats => (float*)Address;

    public int* Integers => (int*)Address;

    /// <summary>Keeps the memory alive until the result is disposed, even if it is disposed or becomes unreachable meanwhile.</summary>
    /// <exception cref="ObjectDisposedException">The memory was freed.</exception>
    public MemoryLease Lease() => new(this);

    /// <summary>Keeps the memory until the process ends.</summary>
    /// <exception cref="ObjectDisposedException">The memory was freed.</exception>
    public void Abandon()
    {
        bool isTaken = false;
        DangerousAddRef(ref isTaken);
    }

    private void* Address
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return (void*)handle;
        }
    }

    protected override bool ReleaseHandle()
    {
        if (GuardedMemory.IsUsed)
            GuardedMemory.Free((void*)handle, Size);
        else
            NativeMemory.AlignedFree((void*)handle);
        GC.RemoveMemoryPressure(Size);
        return true;
    }

    private void* Allocate()
    {
        void* memory = NativeMemory.AlignedAlloc((nuint)Size, HugePages.Hold(Size) ? HugePages.Size : (nuint)Alignment);
        HugePages.Request(memory, Size);
        NativeMemory.Clear(memory, (nuint)Size);
        return memory;
    }
}
