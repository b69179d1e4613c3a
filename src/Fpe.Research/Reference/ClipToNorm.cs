using Fpe.Compute;

namespace Fpe.Research.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void ClipToNorm(DeviceBuffer x, DeviceBuffer norms, int slot, double maximum)
    {
        T factor = T.Min(T.One, Number(maximum) / T.Sqrt(Values(norms)[slot]));
        foreach (ref T value in Values(x))
            value *= factor;
    }
}
