using System.Runtime.InteropServices;

namespace Fpe.Onnx.Benchmarks;

/// <summary>
/// The memory that something holds: objects of .NET, and what the allocator of the C library has given out, which is where our kernels and
/// ONNX Runtime get theirs.
/// </summary>
internal static partial class HeldMemory
{
    /// <summary>What else happens in the process is divided by as many.</summary>
    private const int Copies = 8;

    /// <summary>Why memory cannot be measured; null if it can.</summary>
    public static string? Obstacle { get; } = FindObstacle();

    /// <summary>Returns the bytes that one of several of a kind holds.</summary>
    /// <param name="create">Creates one and uses it once.</param>
    public static double BytesOf<T>(Func<T> create)
        where T : IDisposable
    {
        create().Dispose(); // What all share, and compiled code, do not count.
        var copies = new T[Copies];
        long before = Bytes();
        for (int copy = 0; copy < Copies; copy++)
            copies[copy] = create();
        long after = Bytes();
        foreach (T copy in copies)
            copy.Dispose();
        return (double)(after - before) / Copies;
    }

    private static long Bytes()
    {
        // Finalizers free native memory.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true) + QueryAllocator().Bytes;
    }

    private static string? FindObstacle()
    {
        if (!Environment.Is64BitProcess)
            return "a process of 64 bits is needed";
        try
        {
            QueryAllocator();
            return null;
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            return $"the GNU C library 2.33 or newer is needed, for mallinfo2: {error.Message}";
        }
    }

    [LibraryImport("libc", EntryPoint = "mallinfo2")]
    private static partial AllocatorState QueryAllocator();

    /// <summary>What mallinfo2 returns on systems of 64 bits.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 80)]
    private struct AllocatorState
    {
        [FieldOffset(32)]
        private readonly ulong mapped;

        [FieldOffset(56)]
        private readonly ulong used;

        /// <summary>Bytes that were given out, in pieces that are mapped one by one and in all others.</summary>
        public readonly long Bytes => (long)(mapped + used);
    }
}
