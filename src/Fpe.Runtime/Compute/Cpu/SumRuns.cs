namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    public void SumRuns(DeviceBuffer x, int length, DeviceBuffer y)
    {
        float* values = Floats(x).Address;
        float* sums = Floats(y).Address;
        for (int i = 0; i < y.Length; i++)
        {
            float sum = 0;
            for (int k = 0; k < length; k++)
                sum += *values++;
            sums[i] = sum;
        }
    }
}
