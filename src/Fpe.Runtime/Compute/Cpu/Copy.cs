namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    public void Copy(DeviceBuffer x, DeviceBuffer y) =>
        new ReadOnlySpan<float>(Floats(x).Address, x.Length).CopyTo(new Span<float>(Floats(y).Address, y.Length));
}
