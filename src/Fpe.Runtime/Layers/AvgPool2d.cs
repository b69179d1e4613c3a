using Fpe.Compute;

namespace Fpe;

/// <summary>Keeps the mean of the values that a square window sees in each channel.</summary>
public sealed class AvgPool2d : Pool2d
{
    internal AvgPool2d(AvgPool2dPlan plan, Device device)
        : base(plan, device)
    {
    }

    /// <inheritdoc/>
    protected internal override void Forward(ReadOnlySpan<Activations> inputs, LayerBuffers buffers, in Pass pass) =>
        Device.Kernels.AvgPool2dForward(Shape, inputs[0], buffers.Output, pass.Batch);

    /// <inheritdoc/>
    protected internal override void Backward(
        ReadOnlySpan<Activations> inputs, ReadOnlySpan<Activations?> inputGradients, LayerBuffers buffers, in Pass pass)
    {
        if (inputGradients[0] is { } inputGradient)
            Device.Kernels.AvgPool2dInputGradient(Shape, buffers.OutputGradient, inputGradient, pass.Batch);
    }
}

/// <content>What only the runtime knows of the plan.</content>
public sealed partial record AvgPool2dPlan
{
    /// <inheritdoc/>
    protected internal override Layer Create(Device device, long seed, int index) => new AvgPool2d(this, device);
}
