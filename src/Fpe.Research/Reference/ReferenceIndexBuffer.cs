using Fpe.Compute;

namespace Fpe.Research.Reference;

/// <summary>A managed array of integers.</summary>
internal sealed class ReferenceIndexBuffer(Device device, int length) : IndexBuffer(device, length)
{
    private readonly int[] values = new int[length];

    public Span<int> Values => values;

    public override void Write(ReadOnlySpan<int> source, int offset = 0) => source.CopyTo(Values.Slice(offset, source.Length));

    public override void Read(Span<int> destination, int offset = 0) => Values.Slice(offset, destination.Length).CopyTo(destination);

    protected override void Dispose(bool disposing)
    {
    }
}
