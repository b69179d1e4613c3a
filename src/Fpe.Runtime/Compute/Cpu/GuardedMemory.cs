using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Fpe.Compute.Cpu;

/// <summary>
/// Memory for finding access errors: it is followed by an inaccessible page, and becomes inaccessible itself when it is freed. A kernel
/// that reads or writes beyond its end, or after it was freed, crashes at that instruction instead of computing with unrelated data.
/// </summary>
/// <remarks>
/// Used on Linux if the runtime option <c>Fpe.GuardMemory</c> is true; too slow for anything except tests. Freed pages are returned to the
/// system immediately, and their addresses after many others have been freed.
/// </remarks>
internal static unsafe partial class GuardedMemory
{
    /// <summary>Number of freed allocations whose addresses are not reused; the system allows a process about 65,000 mappings.</summary>
    private const int Quarantined = 8192;

    private const int Forbidden = 0;
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;

    private static readonly Queue<(nint Start, nint Length)> Quarantine = new();

    /// <summary>Whether all memory of the CPU device is guarded.</summary>
    public static bool IsUsed { get; } = OperatingSystem.IsLinux() && AppContext.TryGetSwitch("Fpe.GuardMemory", out bool isOn) && isOn;

    /// <summary>Allocates zero-initialised memory that ends, rounded up to a cache line, at the inaccessible page.</summary>
    public static void* Allocate(long size)
    {
        nint usable = Usable(size);
        nint start = Map(0, usable + Environment.SystemPageSize, ReadWrite, PrivateAnonymous, -1, 0);
        if (start == -1)
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"{size} bytes of guarded memory cannot be allocated.");
        Protect(start + usable, Environment.SystemPageSize, Forbidden);
        return (void*)(start + usable - Rounded(size));
    }

    /// <summary>Makes the memory inaccessible.</summary>
    public static void Free(void* memory, long size)
    {
        nint usable = Usable(size);
        nint start = (nint)memory + Rounded(size) - usable;
        nint length = usable + Environment.SystemPageSize;
        // A new mapping in its place returns the pages to the system but keeps the addresses reserved.
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
