namespace Fpe.Compute.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void Repeat(DeviceBuffer x, int run, int copies, DeviceBuffer y)
    {
        var values = Values(x);
        var outputs = Values(y);
        for (int e = 0; e < outputs.Length; e++)
            outputs[e] = values[SourceOfCopy(e, values.Length, run, copies)];
    }

    /// <summary>The value that an element of the copies is one of.</summary>
    private static int SourceOfCopy(int element, int count, int run, int copies)
    {
        run = Math.Min(run, count);
        int first = element / copies / run * run;
        int length = Math.Min(run, count - first);
        return first + ((element - (first * copies)) % length);
    }
}
