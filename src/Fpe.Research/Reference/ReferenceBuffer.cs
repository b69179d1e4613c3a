using System.Numerics;
using Fpe.Compute;

namespace Fpe.Research.Reference;

/// <summary>A managed array.</summary>
internal sealed class ReferenceBuffer<T>(Device device, int length) : DeviceBuffer(device, length)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] values = new T[length];

    public Span<T> Values => values;

    public override void Write(ReadOnlySpan<float> source, int offset = 0) => Converted.Copy(source, Part(offset, source.Length));

    public override void Write(ReadOnlySpan<double> source, int offset = 0) => Converted.Copy(source, Part(offset, source.Length));

    public override void Read(Span<float> destination, int offset = 0) =>
        Converted.Copy<T, float>(Part(offset, destination.Length), destination);

    public override void Read(Span<double> destination, int offset = 0) =>
        Converted.Copy<T, double>(Part(offset, destination.Length), destination);

    protected override void Dispose(bool disposing)
    {
    }

    private Span<T> Part(int offset, int count) => Values.Slice(offset, count);
}
