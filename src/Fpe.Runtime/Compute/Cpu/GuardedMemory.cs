using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Fpe.Compute.Cpu;

/// <summary>
/// Memory for hunting faults: it ends where a page begins that nobody may touch, and once freed it may not be touched either. A kernel
/// that reads or writes beyond its end, or after it was freed, ends the process at the very instruction instead of computing
/// with somebody else's numbers.
/// </summary>
/// <remarks>
/// Used if the runtime option <c>Fpe.GuardMemory</c> is true, on Linux; far too slow for anything but tests. Freed pages are given
/// back to the system at once, and their addresses once many others have been freed.
/// </remarks>
internal static unsafe partial class GuardedMemory
{
    /// <summary>Freed pieces whose addresses are not given out again; the system allows a process some 65,000 pieces.</summary>
    private const int Quarantined = 8192;

    private const int Forbidden = 0;
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;

    private static readonly Queue<(nint Start, nint Length)> Quarantine = new();

    /// <summary>Whether all memory of the CPU device is guarded.</summary>
    public static bool IsUsed { get; } = OperatingSystem.IsLinux() && AppContext.TryGetSwitch("Fpe.GuardMemory", out bool isOn) && isOn;

    /// <summary>Memory of zeros that ends, rounded up to a cache line, where the forbidden page begins.</summary>
    public static void* Allocate(long size)
    {
        nint usable = Usable(size);
        nint start = Map(0, usable + Environment.SystemPageSize, ReadWrite, PrivateAnonymous, -1, 0);
        if (start == -1)
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"{size} bytes of guarded memory cannot be allocated.");
        Protect(start + usable, Environment.SystemPageSize, Forbidden);
        return (void*)(start + usable - Rounded(size));
    }

    /// <summary>Forbids the memory from now on.</summary>
    public static void Free(void* memory, long size)
    {
        nint usable = Usable(size);
        nint start = (nint)memory + Rounded(size) - usable;
        nint length = usable + Environment.SystemPageSize;
        // A fresh mapping in its place: the pages go back to the system, the addresses stay taken.
        if (Map(start, length, Forbidden, PrivateAnonymous | 0x10, -1, 0) == -1)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        lock (Quarantine)
        {
            Quarantine.Enqueue((start, length));
            if (Quarantine.Count > Quarantined)
            {
                (nint oldStart, nint oldLength) = Quarantine.Dequeue();
                Unmap(oldStart, oldLength);
            }
        }
    }

    private static nint Rounded(long size) => (nint)((size + AlignedMemory.Alignment - 1) / AlignedMemory.Alignment * AlignedMemory.Alignment);

    private static nint Usable(long size) => (Rounded(size) + Environment.SystemPageSize - 1) / Environment.SystemPageSize * Environment.SystemPageSize;

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint Map(nint address, nint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int Protect(nint address, nint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int Unmap(nint address, nint length);
}
