namespace Fpe.Compute.Cpu;

/// <summary>Aligned integers.</summary>
internal sealed unsafe class CpuIndexBuffer(CpuDevice device, int length) : IndexBuffer(device, length)
{
    private readonly AlignedMemory memory = new(sizeof(int) * (long)length);

    public int* Address => memory.Integers;

    private Span<int> Values => new(Address, Length);

    public override void Write(ReadOnlySpan<int> source, int offset = 0)
    {
        using MemoryLease lease = memory.Lease();
        source.CopyTo(Values.Slice(offset, source.Length));
    }

    public override void Read(Span<int> destination, int offset = 0)
    {
        using MemoryLease lease = memory.Lease();
        Values.Slice(offset, destination.Length).CopyTo(destination);
    }

    protected override void Dispose(bool disposing) => memory.Dispose();
}
