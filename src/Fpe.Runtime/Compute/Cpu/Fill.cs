using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    public void Fill(DeviceBuffer y, double value)
    {
        float* target = Floats(y).Address;
        var vector = Vector256.Create((float)value);
        for (nint i = 0; i < Floats(y).PaddedLength; i += Vector256<float>.Count)
            vector.Store(target + i);
    }
}
