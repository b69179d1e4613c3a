using Fpe.Compute;
using Fpe.Data;

namespace Fpe.Training;

/// <inheritdoc cref="Loss.MeanSquaredError"/>
internal sealed class MeanSquaredErrorLoss : Loss
{
    public override string Name => "mean squared error";

    /// <inheritdoc/>
    protected internal override bool UsesTargets => true;

    /// <inheritdoc/>
    protected internal override bool HasAccuracy => false;

    /// <inheritdoc/>
    protected internal override bool TakesWeights => true;

    /// <summary>Outputs that learn classes are neither values nor logits.</summary>
    protected internal override ModelTask? TaskOf(int outputCount, bool hasLabels) => hasLabels ? null : ModelTask.Regression;

    /// <inheritdoc/>
    protected internal override bool Fits(ModelTask task) => task == ModelTask.Regression;

    /// <inheritdoc/>
    protected internal override void Compute(IKernels kernels, Activations outputs, Batch batch, Activations? gradient, DeviceBuffer losses, int slot)
    {
        if (batch.Weights is null)
            kernels.MeanSquaredError(outputs, batch.Targets!, gradient, losses, slot, batch.Count);
        else
            kernels.WeightedSquaredError(outputs, batch.Targets!, batch.Weights, gradient, losses, slot, batch.Count, ScaleOf(batch, outputs.Features));
    }

    /// <inheritdoc/>
    protected internal override void CountCorrect(IKernels kernels, Activations outputs, Batch batch, DeviceBuffer counts, int slot)
    {
    }
}
