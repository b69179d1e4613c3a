using Fpe.Compute;
using Fpe.Numerics;

namespace Fpe;

/// <summary>
/// Sets each value to zero with a fixed probability while training and scales the others by 1 / (1 − rate); passes values
/// through when predicting (Srivastava et al., 2014).
/// </summary>
public sealed class Dropout : Layer
{
    private readonly int index;
    private int width;

    internal Dropout(DropoutPlan plan, Device device, int index)
        : base(plan, device)
    {
        Plan = plan;
        this.index = index;
        width = plan.Width;
    }

    /// <summary>The layer as it was declared.</summary>
    public new DropoutPlan Plan { get; }

    /// <inheritdoc/>
    public override int InputCount => width;

    /// <inheritdoc/>
    public override int OutputCount => width;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [];

    internal override void Follow(Layer? layerBelow) => width = layerBelow?.OutputCount ?? Plan.Width;

    internal override void Forward(Activations input, LayerBuffers buffers, in Pass pass) => Drop(input, buffers.Output, pass);

    // The gradient of a masked scaling is the same masked scaling of the gradient.
    internal override void Backward(Activations input, Activations? inputGradient, LayerBuffers buffers, in Pass pass)
    {
        if (inputGradient is not null)
            Drop(buffers.OutputGradient, inputGradient, pass);
    }

    private void Drop(Activations source, Activations destination, in Pass pass)
    {
        double rate = pass.Training ? Plan.Rate : 0;
        Device.Kernels.Dropout(
            rate, unchecked((ulong)pass.Seed), pass.StreamOf(RandomPurpose.Dropout, index), source, destination, pass.Batch);
    }
}

/// <content>What only the runtime knows of the plan.</content>
public sealed partial record DropoutPlan
{
    internal override Layer Create(Device device, long seed, int index) => new Dropout(this, device, index);
}
