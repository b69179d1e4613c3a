namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    // A buffer is to the kernel what one sample is to Dropout.
    public void DropConnect(double rate, ulong seed, ulong stream, DeviceBuffer x, DeviceBuffer y) => DropoutSample(
        seed, stream, element: 0, DropoutThreshold(rate), (float)(1 / (1 - rate)), Floats(x).Address, Floats(y).Address, x.Length, width: 1);
}
