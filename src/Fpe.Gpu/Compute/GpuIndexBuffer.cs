using Fpe.Compute;
using ILGPU;

namespace Fpe.Gpu.Compute;

/// <summary>
/// A vector of integers, and a copy on the host. Kernels check the copy before the device uses the indices, because a wrong one would lose
/// the device; this way they do not have to wait for it.
/// </summary>
internal sealed class GpuIndexBuffer(GpuDevice device, int length) : IndexBuffer(device, length)
{
    private readonly int[] host = new int[length];
    private readonly GpuMemory<int> memory = new(device, length, $"a buffer of {length} indices");

    public ArrayView<int> View => memory.View;

    /// <summary>The host copy of <see cref="View"/>. A kernel that changes one must change the other.</summary>
    public Span<int> Host => host;

    public override void Write(ReadOnlySpan<int> source, int offset = 0)
    {
        memory.Write(source, offset);
        source.CopyTo(host.AsSpan(offset));
    }

    public override void Read(Span<int> destination, int offset = 0)
    {
        _ = View;
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)offset + destination.Length, Length, nameof(offset));
        host.AsSpan(offset, destination.Length).CopyTo(destination);
    }

    protected override void Dispose(bool disposing) => memory.Dispose();
}
