using Fpe.Compute;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

/// <summary>A tensor [length].</summary>
internal sealed class TorchBuffer(TorchDevice device, int length) : DeviceBuffer(device, length)
{
    private Tensor? values = device.Zeros(length);

    public Tensor Values => values ?? throw new ObjectDisposedException(nameof(DeviceBuffer));

    public override void Write(ReadOnlySpan<float> source, int offset = 0)
    {
        using Tensor part = Part(offset, source.Length);
        HostCopy.Write(source, part);
    }

    public override void Write(ReadOnlySpan<double> source, int offset = 0)
    {
        using Tensor part = Part(offset, source.Length);
        HostCopy.Write(source, part);
    }

    public override void Read(Span<float> destination, int offset = 0)
    {
        using Tensor part = Part(offset, destination.Length);
        HostCopy.Read(part, destination);
    }

    public override void Read(Span<double> destination, int offset = 0)
    {
        using Tensor part = Part(offset, destination.Length);
        HostCopy.Read(part, destination);
    }

    protected override void Dispose(bool disposing)
    {
        values?.Dispose();
        values = null;
    }

    private Tensor Part(int offset, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)offset + count, Length, nameof(offset));
        return Values.narrow(0, offset, count);
    }
}
