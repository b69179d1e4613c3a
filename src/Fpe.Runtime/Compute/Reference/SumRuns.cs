namespace Fpe.Compute.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void SumRuns(DeviceBuffer x, int length, DeviceBuffer y)
    {
        var values = Values(x);
        var sums = Values(y);
        sums.Clear();
        for (int e = 0; e < values.Length; e++)
            sums[e / length] += values[e];
    }
}
