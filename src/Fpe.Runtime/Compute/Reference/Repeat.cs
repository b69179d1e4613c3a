namespace Fpe.Compute.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void Repeat(DeviceBuffer x, int copies, DeviceBuffer y)
    {
        var values = Values(x);
        var outputs = Values(y);
        for (int e = 0; e < outputs.Length; e++)
            outputs[e] = values[e / copies];
    }
}
