using Fpe.Compute;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

/// <summary>
/// A tensor [length] of 64-bit integers, as libtorch wants its indices, and a copy on the host. Kernels check indices on the
/// copy before libtorch sees them, because a wrong one ends the process on a GPU; and so they need not wait for the device.
/// </summary>
internal sealed class TorchIndexBuffer(TorchDevice device, int length) : IndexBuffer(device, length)
{
    private readonly int[] host = new int[length];
    private Tensor? values = device.Indices(new long[length]);

    public Tensor Values => values ?? throw new ObjectDisposedException(nameof(IndexBuffer));

    /// <summary>What <see cref="Values"/> holds. A kernel that changes one changes the other.</summary>
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
