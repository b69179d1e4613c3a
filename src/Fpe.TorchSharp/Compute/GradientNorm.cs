using Fpe.Compute;
using TorchSharp;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

internal sealed partial class TorchKernels
{
    public void AddSquaredNorm(DeviceBuffer x, DeviceBuffer norms, int slot) =>
        Run(() => Slot(norms, slot).add_(Values(x).dot(Values(x)), One));

    public void ClipToNorm(DeviceBuffer x, DeviceBuffer norms, int slot, double maximum) => Run(() =>
    {
        using Scalar largest = maximum;
        Tensor factor = Slot(norms, slot).sqrt().reciprocal_().mul_(largest).clamp_max_(One);
        Values(x).mul_(factor);
    });
}
