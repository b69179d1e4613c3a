using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime;

namespace Fpe.Gpu.Compute;

/// <summary>A piece of a device's memory, with elements of 4 bytes; copies wait for the device.</summary>
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

    public long Length { get; }

    public ArrayView<T> View => (piece ?? throw new ObjectDisposedException(typeof(T) == typeof(int) ? nameof(Fpe.Compute.IndexBuffer) : nameof(Fpe.Compute.DeviceBuffer)))
        .AsArrayView<T>(0, Length);

    public void Write(ReadOnlySpan<T> source, long offset = 0)
    {
        ArrayView<T> part = Part(offset, source.Length);
        if (source.IsEmpty)
            return;
        lock (device.Queue)
        {
            device.Guard();
            try
            {
                part.CopyFromCPU(device.Queue, source);
                device.Queue.Synchronize();
            }
            catch (Exception error) when (GpuFailure.IsOfDriver(error))
            {
                throw device.Lost(error);
            }
        }
    }

    public void Read(Span<T> destination, long offset = 0)
    {
        ArrayView<T> part = Part(offset, destination.Length);
        if (destination.IsEmpty)
            return;
        lock (device.Queue)
        {
            device.Guard();
            try
            {
                part.CopyToCPU(device.Queue, destination);
                device.Queue.Synchronize();
            }
            catch (Exception error) when (GpuFailure.IsOfDriver(error))
            {
                throw device.Lost(error);
            }
        }
    }

    public void Dispose()
    {
        lock (device.Queue)
        {
            if (piece is not null)
                device.Memory.Return(piece);
            piece = null;
        }
    }

    private ArrayView<T> Part(long offset, int count)
    {
        ArrayView<T> view = View;
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + count, Length, nameof(offset));
        return view.SubView(offset, count);
    }
}
