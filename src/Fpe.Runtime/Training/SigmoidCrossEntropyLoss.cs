using Fpe.Compute;
using Fpe.Data;

namespace Fpe.Training;

/// <inheritdoc cref="Loss.SigmoidCrossEntropy"/>
internal sealed class SigmoidCrossEntropyLoss : Loss
{
    public override string Name => "sigmoid cross-entropy";

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
    protected internal override void Compute(IKernels kernels, Activations outputs, Batch batch, Activations? gradient, DeviceBuffer losses, int slot) =>
        kernels.SigmoidCrossEntropy(outputs, batch.Targets!, gradient, losses, slot, batch.Count);

    /// <inheritdoc/>
    protected internal override void CountCorrect(IKernels kernels, Activations outputs, Batch batch, DeviceBuffer counts, int slot) =>
        kernels.CountCorrectSigns(outputs, batch.Targets!, counts, slot, batch.Count);
}
