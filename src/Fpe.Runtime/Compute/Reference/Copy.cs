namespace Fpe.Compute.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void Copy(DeviceBuffer x, DeviceBuffer y) => Values(x).CopyTo(Values(y));
}
