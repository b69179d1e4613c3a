using Fpe.Compute;

namespace Fpe;

/// <summary>Keeps the largest value that a square window sees in each channel; the first of equals, and NaN where there is one.</summary>
public sealed class MaxPool2d : Layer
{
    internal MaxPool2d(MaxPool2dPlan plan, Device device)
        : base(plan, device) => Plan = plan;

    /// <summary>The layer as it was declared.</summary>
    public new MaxPool2dPlan Plan { get; }

    /// <inheritdoc/>
    public override int InputCount => Plan.Shape.Input.Count;

    /// <inheritdoc/>
    public override int OutputCount => Plan.Shape.Output.Count;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [];

    internal override void Forward(Activations input, LayerBuffers buffers, in Pass pass) =>
        Device.Kernels.MaxPool2dForward(Plan.Shape, input, buffers.Output, pass.Batch);

    internal override void Backward(Activations input, Activations? inputGradient, LayerBuffers buffers, in Pass pass)
    {
        if (inputGradient is not null)
            Device.Kernels.MaxPool2dInputGradient(Plan.Shape, input, buffers.OutputGradient, inputGradient, pass.Batch);
    }
}

/// <content>What only the runtime knows of the plan.</content>
public sealed partial record MaxPool2dPlan
{
    internal override Layer Create(Device device, long seed, int index) => new MaxPool2d(this, device);
}
