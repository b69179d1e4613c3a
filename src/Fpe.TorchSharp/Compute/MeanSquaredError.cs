using Fpe.Compute;
using TorchSharp;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

internal sealed partial class TorchKernels
{
    public void MeanSquaredError(Activations outputs, Activations targets, Activations? gradient, DeviceBuffer losses, int slot, int batch) =>
        Run(() =>
        {
            double count = (double)batch * outputs.Features;
            using Scalar all = count, slope = 2 / count;
            Tensor errors = Batch(outputs, batch).sub(Batch(targets, batch));
            Slot(losses, slot).copy_(errors.mul(errors).sum().div_(all));
            if (gradient is not null)
                Batch(gradient, batch).copy_(errors.mul_(slope));
        });
}
