using Fpe.Compute;

namespace Fpe.Research.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void AddSquaredNorm(DeviceBuffer x, DeviceBuffer norms, int slot)
    {
        T sum = T.Zero;
        foreach (T value in Values(x))
            sum += value * value;
        Values(norms)[slot] += sum;
    }
}
