using Fpe.Compute;
using Fpe.Data;

namespace Fpe.Training;

/// <inheritdoc cref="Loss.SigmoidCrossEntropy"/>
public sealed class SigmoidCrossEntropyLoss : CrossEntropyLoss
{
    private protected override string PlainName => "sigmoid cross-entropy";

    /// <inheritdoc/>
    protected internal override bool UsesTargets => true;

    /// <inheritdoc/>
    protected internal override int AnswersPerSample(int outputCount) => outputCount;

    /// <summary>
    /// One output is binary classification. Several are labels, or classes if samples have one each: if exactly one of independent outputs is
    /// true, its probability is the softmax of the logits.
    /// </summary>
    protected internal override ModelTask? TaskOf(int outputCount, bool hasLabels) =>
        outputCount == 1 ? ModelTask.BinaryClassification : hasLabels ? ModelTask.Classification : ModelTask.MultiLabel;

    /// <inheritdoc/>
    protected internal override bool Fits(ModelTask task) => task != ModelTask.Regression;

    /// <inheritdoc/>
    protected internal override void Compute(IKernels kernels, Activations outputs, Batch batch, Activations? gradient, DeviceBuffer losses, int slot)
    {
        if (batch.Weights is null)
            kernels.SigmoidCrossEntropy(outputs, batch.Targets!, gradient, losses, slot, batch.Count);
        else
            kernels.WeightedSigmoidCrossEntropy(outputs, batch.Targets!, batch.OutputWeights!, batch.Weights, gradient, losses, slot, batch.Count, ConstantsOf(batch, outputs.Features));
    }

    /// <inheritdoc/>
    protected internal override void CountCorrect(IKernels kernels, Activations outputs, Batch batch, DeviceBuffer counts, int slot) =>
        kernels.CountCorrectSigns(outputs, batch.Targets!, counts, slot, batch.Count);
}
