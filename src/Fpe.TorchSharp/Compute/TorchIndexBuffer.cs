using Fpe.Compute;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

/// <summary>
/// A tensor [length] of 64-bit integers, as libtorch requires for indices, and a copy on the host. Kernels check the copy before libtorch
/// uses the indices, because an invalid index ends the process on a GPU; this way, they do not have to wait for the device.
/// </summary>
internal sealed class TorchIndexBuffer(TorchDevice device, int length) : IndexBuffer(device, length)
{
    private readonly int[] host = new int[length];
    private Tensor? values = device.Indices(new long[length]);

    public Tensor Values => values ?? throw new ObjectDisposedException(nameof(IndexBuffer));

    /// <summary>The host copy of <see cref="Values"/>. A kernel that changes one must change the other.</summary>
    public Span<int> Host => host;

    public override void Write(ReadOnlySpan<int> source, int offset = 0)
    {
        using Tensor part = Values.narrow(0, offset, Part(offset, source.Length).Length);
        source.CopyTo(Part(offset, source.Length));
        HostCopy.Write(source, part);
    }

    public override void Read(Span<int> destination, int offset = 0)
    {
        ObjectDisposedException.ThrowIf(values is null, this);
        Part(offset, destination.Length).CopyTo(destination);
    }

    protected override void Dispose(bool disposing)
    {
        values?.Dispose();
        values = null;
    }

    private Span<int> Part(int offset, int count) => host.AsSpan().Slice(offset, count);
}
