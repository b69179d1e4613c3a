using Fpe.Compute;
using Fpe.Data;

namespace Fpe.Training;

/// <inheritdoc cref="Loss.SoftmaxCrossEntropy"/>
internal sealed class SoftmaxCrossEntropyLoss : Loss
{
    public override string Name => "softmax cross-entropy";

    internal override bool UsesTargets => false;

    internal override void Compute(IKernels kernels, Activations outputs, Batch batch, Activations? gradient, DeviceBuffer losses, int slot) =>
        kernels.SoftmaxCrossEntropy(outputs, batch.Labels!, gradient, losses, slot, batch.Count);

    internal override void CountCorrect(IKernels kernels, Activations outputs, Batch batch, DeviceBuffer counts, int slot) =>
        kernels.CountCorrectClasses(outputs, batch.Labels!, counts, slot, batch.Count);
}
