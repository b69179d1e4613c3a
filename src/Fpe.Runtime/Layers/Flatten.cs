using Fpe.Compute;

namespace Fpe;

/// <summary>
/// Turns an image into the vector that a <see cref="Linear"/> layer reads. The features of an image are in that order already, so
/// that nothing is computed: the outputs are the inputs themselves, and the gradient by them is the gradient by those.
/// </summary>
public sealed class Flatten : Layer
{
    internal Flatten(FlattenPlan plan, Device device)
        : base(plan, device) => Plan = plan;

    /// <summary>The layer as it was declared.</summary>
    public new FlattenPlan Plan { get; }

    /// <inheritdoc/>
    public override int InputCount => Plan.Inputs;

    /// <inheritdoc/>
    public override int OutputCount => Plan.Outputs;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [];

    internal override LayerBuffers Allocate(LayerBuffers below, bool training) => below;

    internal override void Forward(Activations input, LayerBuffers buffers, in Pass pass)
    {
    }

    internal override void Backward(Activations input, Activations? inputGradient, LayerBuffers buffers, in Pass pass)
    {
    }
}

/// <content>What only the runtime knows of the plan.</content>
public sealed partial record FlattenPlan
{
    internal override Layer Create(Device device, long seed, int index) => new Flatten(this, device);
}
