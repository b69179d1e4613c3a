using System.Runtime.InteropServices;

namespace Fpe.Compute.Cpu;

/// <summary>Native memory that starts at a cache line, all zero; freed on disposal or, if that is forgotten, by the finalizer.</summary>
/// <remarks>
/// An address is good while the memory is reachable and not disposed. Kernels rely on their caller for that: arguments stay
/// reachable (<see cref="CheckedKernels"/>), and a model frees nothing that a call still uses (<see cref="ModelAccess"/>). Copies to and
/// from the host, which anybody may ask for at any time, use <see cref="Lease"/>.
/// </remarks>
internal sealed unsafe class AlignedMemory : SafeHandle
{
    /// <summary>Bytes of a cache line, and of the widest vector.</summary>
    public const int Alignment = 64;

    public AlignedMemory(long bytes)
        : base(0, ownsHandle: true)
    {
        Size = Math.Max(bytes, Alignment);
        SetHandle((nint)(GuardedMemory.IsUsed ? GuardedMemory.Allocate(Size) : Allocate()));
        GC.AddMemoryPressure(Size);
    }

    /// <summary>Bytes.</summary>
    public long Size { get; }

    public override bool IsInvalid => handle == 0;

    public float* Floats => (float*)Address;

    public int* Integers => (int*)Address;

    /// <summary>Keeps the memory until the result is disposed, even if others dispose it or forget it meanwhile.</summary>
    /// <exception cref="ObjectDisposedException">The memory was freed.</exception>
    public MemoryLease Lease() => new(this);

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
