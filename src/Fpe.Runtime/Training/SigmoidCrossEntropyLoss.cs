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

    /// <inheritdoc/>
    protected internal override void Compute(IKernels kernels, Activations outputs, Batch batch, Activations? gradient, DeviceBuffer losses, int slot) =>
        kernels.SigmoidCrossEntropy(outputs, batch.Targets!, gradient, losses, slot, batch.Count);

    /// <inheritdoc/>
    protected internal override void CountCorrect(IKernels kernels, Activations outputs, Batch batch, DeviceBuffer counts, int slot) =>
        kernels.CountCorrectSigns(outputs, batch.Targets!, counts, slot, batch.Count);
}
