using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddScaled(DeviceBuffer x, double scale, DeviceBuffer y)
    {
        float* source = Floats(x).Address, target = Floats(y).Address;
        var factor = Vector256.Create((float)scale);
        for (nint i = 0; i < Floats(y).PaddedLength; i += Vector256<float>.Count)
            Vector256.MultiplyAddEstimate(factor, Vector256.Load(source + i), Vector256.Load(target + i)).Store(target + i);
    }
}
