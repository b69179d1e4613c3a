using Fpe.Compute;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

internal sealed partial class TorchKernels
{
    public void CountCorrectClasses(Activations logits, IndexBuffer labels, DeviceBuffer counts, int slot, int batch)
    {
        CheckLabels(labels, batch, logits.Features);
        if (batch == 0)
            return;
        Run(() =>
        {
            // The largest logit is the first of equal ones, or the first NaN, which counts as wrong.
            Tensor values = Batch(logits, batch);
            Tensor classes = Indices(labels).Values.narrow(0, 0, batch).unsqueeze(0);
            Tensor wanted = values.gather(0, classes);
            Tensor correct = values.argmax(0, keepdim: true).eq(classes).logical_and(wanted.eq(wanted));
            Slot(counts, slot).add_(correct.sum(), One);
        });
    }

    public void CountCorrectSigns(Activations logits, Activations targets, DeviceBuffer counts, int slot, int batch) => Run(() =>
    {
        // NaN equals nothing, not even itself.
        Tensor values = Batch(logits, batch);
        Tensor correct = values.gt(Zero).eq(Batch(targets, batch).gt(Half)).logical_and(values.eq(values));
        Slot(counts, slot).add_(correct.sum(), One);
    });
}
