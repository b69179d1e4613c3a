using System.Runtime.CompilerServices;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SumCopies(DeviceBuffer x, int run, int copies, DeviceBuffer y)
    {
        float* values = Floats(x).Address;
        float* sums = Floats(y).Address;
        for (int first = 0; first < y.Length; first += run)
        {
            int count = Math.Min(run, y.Length - first);
            for (int i = 0; i < count; i++)
            {
                float sum = 0;
                for (int k = 0; k < copies; k++)
                    sum += values[(nint)k * count + i];
                sums[first + i] = sum;
            }

            values += (nint)count * copies;
        }
    }
}
