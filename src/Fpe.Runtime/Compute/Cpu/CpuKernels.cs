namespace Fpe.Compute.Cpu;

/// <summary>All kernels, vectorised; each is in its own file in this folder.</summary>
/// <remarks>
/// Products use vectors of 8 floats or, if the processor is fast at them, of 16 (<see cref="VectorWidth"/>); a tile is written once for
/// both (<see cref="ITileVector{TVector}"/>). Memory-bound kernels always use 8. If the processor does not support such vectors, the
/// runtime composes them of shorter ones. The work of a kernel is divided into chunks that depend only on the shape, or each number's
/// sum does not depend on where a chunk ends; it is computed within one chunk, so the number of threads does not change the result. Every loop over numbers is in a method with
/// <see cref="System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization"/>, or inlined into one. The runtime optimises other
/// methods only after they have been called often and nothing new has been compiled for a while; until then, which can be most of a short
/// run, they take up to ten times as long.
/// </remarks>
internal sealed unsafe partial class CpuKernels(CpuDevice device) : IKernels
{
    /// <summary>Multiply-adds, or equivalent work, that take about 20 µs; waking a thread is not worthwhile for less.</summary>
    private const long SerialWork = 1_000_000;

    /// <summary>Calls body(arguments, 0) … body(arguments, chunks − 1) on the device's threads.</summary>
    /// <param name="chunks">Number of chunks.</param>
    /// <param name="body">Computes a chunk; must not throw.</param>
    /// <param name="arguments">Passed to <paramref name="body"/>; must not be movable by the garbage collector.</param>
    /// <param name="work">Total multiply-adds of all chunks.</param>
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
