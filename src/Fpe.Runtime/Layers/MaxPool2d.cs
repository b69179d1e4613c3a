using Fpe.Compute;

namespace Fpe;

/// <summary>Keeps the largest value that a square window sees in each channel; the first of equals, and NaN where there is one.</summary>
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

/// <content>What only the runtime knows of the plan.</content>
public sealed partial record MaxPool2dPlan
{
    /// <inheritdoc/>
    protected internal override void Describe(IPlanFields fields)
    {
        fields.Add("kind", nameof(MaxPool2d));
        base.Describe(fields);
    }

    /// <inheritdoc/>
    protected internal override Layer Create(Device device, long seed, int index) => new MaxPool2d(this, device);
}
