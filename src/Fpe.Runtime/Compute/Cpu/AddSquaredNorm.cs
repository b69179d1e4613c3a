using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    /// <summary>Number of squares that are summed in single precision before the sum continues in double.</summary>
    private const int SingleSums = 4096;

    public void AddSquaredNorm(DeviceBuffer x, DeviceBuffer norms, int slot)
    {
        float* values = Floats(x).Address;
        double sum = 0;
        for (int first = 0; first < x.Length; first += SingleSums)
            sum += SquaredNorm(values + first, Math.Min(SingleSums, x.Length - first));
        float* norm = Floats(norms).Address + slot;
        *norm = (float)(*norm + sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float SquaredNorm(float* values, int count)
    {
        var even = Vector256<float>.Zero;
        var odd = Vector256<float>.Zero;
        int i = 0;
        for (; i <= count - 2 * Vector256<float>.Count; i += 2 * Vector256<float>.Count)
        {
            var x0 = Vector256.Load(values + i);
            var x1 = Vector256.Load(values + i + Vector256<float>.Count);
            even = Vector256.MultiplyAddEstimate(x0, x0, even);
            odd = Vector256.MultiplyAddEstimate(x1, x1, odd);
        }

        float sum = Vector256.Sum(even + odd);
        for (; i < count; i++)
            sum += values[i] * values[i];
        return sum;
    }
}
