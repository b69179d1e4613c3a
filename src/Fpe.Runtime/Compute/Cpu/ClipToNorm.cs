using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void ClipToNorm(DeviceBuffer x, DeviceBuffer norms, int slot, double maximum)
    {
        float factor = (float)Math.Min(1, maximum / Math.Sqrt(Floats(norms).Address[slot]));
        if (factor == 1)
            return;
        float* values = Floats(x).Address;
        for (nint i = 0; i < Floats(x).PaddedLength; i += Vector256<float>.Count)
            (Vector256.Load(values + i) * factor).Store(values + i);
    }
}
