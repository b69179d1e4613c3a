using Fpe.Compute;
using ILGPU;

namespace Fpe.Gpu.Compute;

/// <summary>A vector of numbers in single precision.</summary>
internal sealed class GpuBuffer(GpuDevice device, int length) : DeviceBuffer(device, length)
{
    private readonly GpuMemory<float> memory = new(device, length, $"a buffer of {length} numbers");

    public ArrayView<float> View => memory.View;

    public override void Write(ReadOnlySpan<float> source, int offset = 0) => memory.Write(source, offset);

    public override void Write(ReadOnlySpan<double> source, int offset = 0) => memory.Write(HostNumbers.Single(source), offset);

    public override void Read(Span<float> destination, int offset = 0) => memory.Read(destination, offset);

    public override void Read(Span<double> destination, int offset = 0)
    {
        var values = new float[destination.Length];
        memory.Read(values, offset);
        HostNumbers.Widen(values, destination);
    }

    protected override void Dispose(bool disposing) => memory.Dispose();
}
