using System.Runtime.InteropServices;

namespace Fpe.Compute.Cpu;

/// <summary>
/// Pages of 2 MiB instead of 4 KiB for large memory. Kernels read a large layer's features and weights from all over it: with
/// small pages the processor spends much of its time finding out where they are.
/// </summary>
internal static unsafe partial class HugePages
{
    /// <summary>Bytes of a page; memory has to start at a multiple of it.</summary>
    public const uint Size = 2 << 20;

    /// <summary>MADV_HUGEPAGE of Linux: whoever asks for huge pages gets them, where the system does not give them unasked.</summary>
    private const int Huge = 14;

    /// <summary>Whether memory of so many bytes holds at least one such page.</summary>
    public static bool Hold(long bytes) => bytes >= Size;

    /// <summary>Asks for huge pages before memory is first used. It is a request: where the system grants none, nothing else changes.</summary>
    public static void Request(void* memory, long bytes)
    {
        if (OperatingSystem.IsLinux() && Hold(bytes))
            _ = Advise(memory, (nuint)bytes, Huge);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* address, nuint length, int advice);
}
