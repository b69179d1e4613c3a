using Fpe.Compute;

namespace Fpe.Research.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void Copy(DeviceBuffer x, DeviceBuffer y) => Values(x).CopyTo(Values(y));
}
