namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    public void Repeat(DeviceBuffer x, int copies, DeviceBuffer y)
    {
        float* values = Floats(x).Address;
        float* outputs = Floats(y).Address;
        for (int i = 0; i < x.Length; i++, outputs += copies)
            new Span<float>(outputs, copies).Fill(values[i]);
    }
}
