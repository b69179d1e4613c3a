using Fpe.Compute;

namespace Fpe.Research.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void Fill(DeviceBuffer y, double value) => Values(y).Fill(Number(value));
}
