namespace Fpe.Compute.Cpu;

/// <summary>Every kernel, vectorised; a file of this folder each.</summary>
/// <remarks>
/// Products use vectors of 8 floats or, where the processor is fast at them, of 16 (<see cref="VectorWidth"/>); a tile is written
/// once for both (<see cref="ITileVector{TVector}"/>). What memory limits uses 8 everywhere. Where processors have no such vectors
/// the runtime composes them of what there is. A kernel's work is cut into chunks that depend on the shape only, and each number
/// is computed within one chunk, so that the number of threads changes no bit.
/// Every loop over numbers is in a method with <see cref="System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization"/>,
/// or inlined into one. The runtime compiles all others for speed only once they have been called often and nothing new has been
/// compiled for a while: until then, and that can be most of a short run, they take up to ten times as long.
/// </remarks>
internal sealed unsafe partial class CpuKernels(CpuDevice device) : IKernels
{
    /// <summary>Multiply-adds, or as much other work, that take about 20 µs: not worth waking a thread for less.</summary>
    private const long SerialWork = 1_000_000;

    /// <summary>Calls body(arguments, 0) … body(arguments, chunks − 1) on the device's threads.</summary>
    /// <param name="chunks">Number of chunks.</param>
    /// <param name="body">Computes a chunk; it must not throw.</param>
    /// <param name="arguments">Given to <paramref name="body"/>; nothing the garbage collector moves.</param>
    /// <param name="work">Multiply-adds of all chunks.</param>
    private void Run(int chunks, delegate*<void*, int, void> body, void* arguments, long work)
    {
        if (chunks > 1 && work >= SerialWork && device.Pool is { } pool && pool.TryRun(chunks, body, arguments))
            return;
        for (int chunk = 0; chunk < chunks; chunk++)
            body(arguments, chunk);
    }

    private static CpuBuffer Floats(DeviceBuffer buffer) => (CpuBuffer)buffer;

    private static int* Integers(IndexBuffer buffer) => ((CpuIndexBuffer)buffer).Address;

    private static CpuActivations Panels(Activations activations) => (CpuActivations)activations;

    private static int DivideUp(int count, int size) => (count + size - 1) / size;

    private static int DivideUp(nint count, int size) => checked((int)((count + size - 1) / size));
}
