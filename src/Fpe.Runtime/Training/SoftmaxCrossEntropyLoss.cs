using Fpe.Compute;
using Fpe.Data;

namespace Fpe.Training;

/// <inheritdoc cref="Loss.SoftmaxCrossEntropy"/>
public sealed class SoftmaxCrossEntropyLoss : CrossEntropyLoss
{
    private protected override string PlainName => "softmax cross-entropy";

    /// <inheritdoc/>
    protected internal override bool UsesTargets => false;

    /// <inheritdoc/>
    protected internal override ModelTask? TaskOf(int outputCount, bool hasLabels) => outputCount > 1 ? ModelTask.Classification : null;

    /// <inheritdoc/>
    protected internal override bool Fits(ModelTask task) => task == ModelTask.Classification;

    /// <inheritdoc/>
    protected internal override void Compute(IKernels kernels, Activations outputs, Batch batch, Activations? gradient, DeviceBuffer losses, int slot)
    {
        if (batch.Weights is null)
            kernels.SoftmaxCrossEntropy(outputs, batch.Labels!, gradient, losses, slot, batch.Count);
        else
            kernels.WeightedSoftmaxCrossEntropy(outputs, batch.Labels!, batch.OutputWeights!, batch.Weights, gradient, losses, slot, batch.Count, ConstantsOf(batch, 1));
    }

    /// <inheritdoc/>
    protected internal override void CountCorrect(IKernels kernels, Activations outputs, Batch batch, DeviceBuffer counts, int slot) =>
        kernels.CountCorrectClasses(outputs, batch.Labels!, counts, slot, batch.Count);
}
