using Fpe.Compute;

namespace Fpe;

/// <summary>
/// Keeps the largest value in a square window of each channel; the first of equal values, and NaN if the window contains one.
/// </summary>
public sealed class MaxPool2d : Pool2d
{
    internal MaxPool2d(MaxPool2dPlan plan, Device device)
        : base(plan, device)
    {
    }

    /// <inheritdoc/>
    protected internal override void Forward(ReadOnlySpan<Activations> inputs, LayerBuffers buffers, in Pass pass) =>
        Device.Kernels.MaxPool2dForward(Shape, inputs[0], buffers.Output, pass.Batch);

    /// <inheritdoc/>
    protected internal override void Backward(
        ReadOnlySpan<Activations> inputs, ReadOnlySpan<Activations?> inputGradients, LayerBuffers buffers, in Pass pass)
    {
        if (inputGradients[0] is { } inputGradient)
            Device.Kernels.MaxPool2dInputGradient(Shape, inputs[0], buffers.OutputGradient, inputGradient, pass.Batch);
    }
}

/// <content>The part of the plan that only the runtime knows.</content>
public sealed partial record MaxPool2dPlan
{
    /// <inheritdoc/>
    protected internal override Layer Create(Device device, long seed, int index) => new MaxPool2d(this, device);
}
