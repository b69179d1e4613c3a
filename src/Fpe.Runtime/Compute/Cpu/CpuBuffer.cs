namespace Fpe.Compute.Cpu;

/// <summary>
/// Aligned floats, padded to whole vectors: element-wise kernels also process the padding and need no code for a remainder; kernels that
/// sum must not.
/// </summary>
internal sealed unsafe class CpuBuffer : DeviceBuffer
{
    /// <summary>Floats beyond the padding that kernels may read but do not use.</summary>
    private const int Slack = 16;

    private readonly AlignedMemory memory;
    private readonly int start;
    private readonly bool isSlice;

    public CpuBuffer(CpuDevice device, int length)
        : base(device, length) => memory = new AlignedMemory(sizeof(float) * ((long)Pad(length) + Slack));

    private CpuBuffer(CpuBuffer whole, int offset, int count)
        : base(whole.Device, count) => (memory, start, isSlice) = (whole.memory, whole.start + offset, true);

    public float* Address => memory.Floats + start;

    public override nint HostAddress => (nint)Address;

    /// <summary><see cref="DeviceBuffer.Length"/> and the padding.</summary>
    public int PaddedLength => Pad(Length);

    private Span<float> Values => new(Address, Length);

    /// <summary>Keeps the memory alive for a copy to or from the host.</summary>
    public MemoryLease Lease() => memory.Lease();

    public override void Write(ReadOnlySpan<float> source, int offset = 0)
    {
        using MemoryLease lease = Lease();
        source.CopyTo(Values.Slice(offset, source.Length));
    }

    public override void Write(ReadOnlySpan<double> source, int offset = 0)
    {
        using MemoryLease lease = Lease();
        var values = Values.Slice(offset, source.Length);
        for (int i = 0; i < source.Length; i++)
            values[i] = (float)source[i];
    }

    public override void Read(Span<float> destination, int offset = 0)
    {
        using MemoryLease lease = Lease();
        Values.Slice(offset, destination.Length).CopyTo(destination);
    }

    public override void Read(Span<double> destination, int offset = 0)
    {
        using MemoryLease lease = Lease();
        var values = Values.Slice(offset, destination.Length);
        for (int i = 0; i < destination.Length; i++)
            destination[i] = values[i];
    }

    public override void Abandon() => memory.Abandon();

    protected override void Dispose(bool disposing)
    {
        if (!isSlice)
            memory.Dispose();
    }

    protected override DeviceBuffer SliceOf(int offset, int count) => new CpuBuffer(this, offset, count);

    private static int Pad(int length) => checked(length + 15) & ~15;
}
