using Fpe.Compute;
using TorchSharp;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

internal sealed partial class TorchKernels
{
    public void SoftmaxCrossEntropy(Activations logits, IndexBuffer labels, Activations? gradient, DeviceBuffer losses, int slot, int batch)
    {
        CheckLabels(labels, batch, logits.Features);
        Run(() =>
        {
            // log Σ exp(x) = max + log Σ exp(x − max): no exponential overflows
            Tensor values = Batch(logits, batch);
            Tensor shifted = values.sub(values.amax([0], keepdim: true));
            Tensor exponentials = shifted.exp();
            Tensor sums = exponentials.sum(0, keepdim: true);
            Tensor classes = Indices(labels).Values.narrow(0, 0, batch).unsqueeze(0);
            using Scalar samples = (double)batch;
            Slot(losses, slot).copy_(sums.log().sub_(shifted.gather(0, classes)).sum().div_(samples));
            if (gradient is null)
                return;

            Tensor probabilities = exponentials.div_(sums);
            probabilities.scatter_(0, classes, probabilities.gather(0, classes).sub_(One));
            Batch(gradient, batch).copy_(probabilities.div_(samples));
        });
    }

    private static void CheckLabels(IndexBuffer labels, int batch, int classes)
    {
        Span<int> chosen = Indices(labels).Host[..batch];
        for (int s = 0; s < chosen.Length; s++)
            KernelIndices.CheckLabel(chosen[s], classes, s);
    }
}
