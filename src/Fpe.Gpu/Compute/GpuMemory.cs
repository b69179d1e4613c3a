using ILGPU;
using ILGPU.Runtime;

namespace Fpe.Gpu.Compute;

/// <summary>
/// A piece of a device's memory, with elements of 4 bytes; copies wait for the device. It is freed on disposal or by the finalizer.
/// </summary>
/// <remarks>A view is valid while the memory is reachable and not disposed; arguments of kernels stay reachable until they are queued.</remarks>
internal sealed class GpuMemory<T> : IDisposable
    where T : unmanaged
{
    private readonly GpuDevice device;
    private MemoryBuffer? piece;

    /// <summary>Allocates zeros.</summary>
    public GpuMemory(GpuDevice device, long length, string what)
    {
        this.device = device;
        Length = length;
        device.Run(queue =>
        {
            piece = device.Memory.Rent(length, what);
            piece.AsArrayView<T>(0, piece.Length).MemSetToZero(queue);
        });
    }

    ~GpuMemory() => Free();

    public long Length { get; }

    public ArrayView<T> View => (piece ?? throw new ObjectDisposedException(typeof(T) == typeof(int) ? nameof(Fpe.Compute.IndexBuffer) : nameof(Fpe.Compute.DeviceBuffer)))
        .AsArrayView<T>(0, Length);

    public unsafe void Write(ReadOnlySpan<T> source, long offset = 0)
    {
        ArrayView<T> part = Part(offset, source.Length);
        if (source.IsEmpty)
            return;
        fixed (T* values = source)
        {
            (nint address, int count) = ((nint)values, source.Length);
            device.Wait(queue => part.CopyFromCPU(queue, new ReadOnlySpan<T>((void*)address, count)));
            GC.KeepAlive(this);
        }
    }

    public unsafe void Read(Span<T> destination, long offset = 0)
    {
        ArrayView<T> part = Part(offset, destination.Length);
        if (destination.IsEmpty)
            return;
        fixed (T* values = destination)
        {
            (nint address, int count) = ((nint)values, destination.Length);
            device.Wait(queue => part.CopyToCPU(queue, new Span<T>((void*)address, count)));
            GC.KeepAlive(this);
        }
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (Interlocked.Exchange(ref piece, null) is { } owned)
            device.Memory.Return(owned);
    }

    private ArrayView<T> Part(long offset, int count)
    {
        ArrayView<T> view = View;
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + count, Length, nameof(offset));
        return view.SubView(offset, count);
    }
}
