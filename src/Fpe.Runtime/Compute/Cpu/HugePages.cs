using System.Runtime.InteropServices;

namespace Fpe.Compute.Cpu;

/// <summary>
/// Pages of 2 MiB instead of 4 KiB for large allocations. Kernels access the features and weights of a large layer all over memory; with
/// small pages, the processor spends much of its time on address translation.
/// </summary>
internal static unsafe partial class HugePages
{
    /// <summary>Size of a page in bytes; memory must start at a multiple of it.</summary>
    public const uint Size = 2 << 20;

    /// <summary>MADV_HUGEPAGE of Linux: requests huge pages if the system does not provide them by default.</summary>
    private const int Huge = 14;

    /// <summary>Returns whether memory of this size holds at least one such page.</summary>
    public static bool Hold(long bytes) => bytes >= Size;

    /// <summary>
    /// Requests huge pages before memory is first used. This is only a hint: if the system grants none, nothing else changes.
    /// </summary>
    public static void Request(void* memory, long bytes)
    {
        if (OperatingSystem.IsLinux() && Hold(bytes))
            _ = Advise(memory, (nuint)bytes, Huge);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* address, nuint length, int advice);
}
