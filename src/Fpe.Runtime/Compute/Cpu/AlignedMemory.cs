using System.Runtime.InteropServices;

namespace Fpe.Compute.Cpu;

/// <summary>Native memory that starts at a cache line, all zero; freed on disposal or, where that is forgotten, by the finalizer.</summary>
internal sealed unsafe class AlignedMemory : SafeHandle
{
    /// <summary>Bytes of a cache line, and of the widest vector.</summary>
    public const int Alignment = 64;

    public AlignedMemory(long bytes)
        : base(0, ownsHandle: true)
    {
        Size = Math.Max(bytes, Alignment);
        void* memory = NativeMemory.AlignedAlloc((nuint)Size, HugePages.Hold(Size) ? HugePages.Size : (nuint)Alignment);
        HugePages.Request(memory, Size);
        NativeMemory.Clear(memory, (nuint)Size);
        SetHandle((nint)memory);
        GC.AddMemoryPressure(Size);
    }

    /// <summary>Bytes.</summary>
    public long Size { get; }

    public override bool IsInvalid => handle == 0;

    public float* Floats => (float*)Address;

    public int* Integers => (int*)Address;

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
        NativeMemory.AlignedFree((void*)handle);
        GC.RemoveMemoryPressure(Size);
        return true;
    }
}
