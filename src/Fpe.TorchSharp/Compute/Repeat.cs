using Fpe.Compute;

namespace Fpe.Torch.Compute;

internal sealed partial class TorchKernels
{
    public void Repeat(DeviceBuffer x, int copies, DeviceBuffer y) =>
        Run(() => Values(y).view(x.Length, copies).copy_(Values(x).unsqueeze(1).expand(x.Length, copies)));

    public void SumRuns(DeviceBuffer x, int length, DeviceBuffer y) =>
        Run(() => Values(y).copy_(Values(x).view(y.Length, length).sum(1)));
}
