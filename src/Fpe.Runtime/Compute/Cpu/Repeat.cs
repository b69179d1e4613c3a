namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    public void Repeat(DeviceBuffer x, int run, int copies, DeviceBuffer y)
    {
        var outputs = new Span<float>(Floats(y).Address, y.Length);
        for (int first = 0; first < x.Length; first += run)
        {
            var values = new ReadOnlySpan<float>(Floats(x).Address + first, Math.Min(run, x.Length - first));
            for (int k = 0; k < copies; k++)
            {
                values.CopyTo(outputs);
                outputs = outputs[values.Length..];
            }
        }
    }
}
