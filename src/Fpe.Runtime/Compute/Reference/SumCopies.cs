namespace Fpe.Compute.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void SumCopies(DeviceBuffer x, int run, int copies, DeviceBuffer y)
    {
        var values = Values(x);
        var sums = Values(y);
        sums.Clear();
        for (int e = 0; e < values.Length; e++)
            sums[SourceOfCopy(e, sums.Length, run, copies)] += values[e];
    }
}
