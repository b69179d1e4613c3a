using Fpe.Compute;
using Fpe.Counting;

namespace Fpe;

/// <summary>
/// Turns an image into the vector that a <see cref="Linear"/> layer reads. The features of an image are already in that order, so nothing
/// is computed: the outputs and their gradient share the buffers of the inputs.
/// </summary>
public sealed class Flatten : Layer
{
    private int width;

    internal Flatten(FlattenPlan plan, Device device)
        : base(plan, device) => width = plan.Inputs;

    /// <summary>The layer as it was declared.</summary>
    public new FlattenPlan Plan => (FlattenPlan)base.Plan;

    /// <inheritdoc/>
    public override int InputCount => width;

    /// <inheritdoc/>
    public override int OutputCount => width;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [];

    internal override LayerSummary Summarize(LayerWeights counts, bool isExpanded) =>
        base.Summarize(counts, isExpanded) with { Shape = $"{width / Plan.Input.Pixels} × {Plan.Input.Height} × {Plan.Input.Width} → {OutputCount}" };

    /// <inheritdoc/>
    protected internal override ValueUnits Follow(IReadOnlyList<ValueUnits> inputs)
    {
        width = inputs[0].Count;
        return inputs[0];
    }

    /// <inheritdoc/>
    protected internal override LayerBuffers Allocate(IReadOnlyList<LayerBuffers> inputs, bool training) => inputs[0];

    /// <inheritdoc/>
    protected internal override void Forward(ReadOnlySpan<Activations> inputs, LayerBuffers buffers, in Pass pass)
    {
    }

    /// <inheritdoc/>
    protected internal override void Backward(
        ReadOnlySpan<Activations> inputs, ReadOnlySpan<Activations?> inputGradients, LayerBuffers buffers, in Pass pass)
    {
    }
}

/// <content>The part of the plan that only the runtime knows.</content>
public sealed partial record FlattenPlan
{
    /// <inheritdoc/>
    protected internal override LayerPlan WithInputs(IReadOnlyList<int> widths) => RequireSameInput(widths);

    /// <inheritdoc/>
    protected internal override Layer Create(Device device, long seed, int index) => new Flatten(this, device);
}
