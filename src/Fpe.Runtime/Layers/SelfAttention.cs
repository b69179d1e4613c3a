using Fpe.Compute;
using Fpe.Counting;

namespace Fpe;

/// <summary>
/// Multi-head scaled dot-product attention of a sequence to itself (Vaswani et al., arXiv 1706.03762, section 3.2), without the projections:
/// the layer that it reads computes queries, keys and values. Places without a token get no attention.
/// </summary>
public sealed class SelfAttention : Layer
{
    internal SelfAttention(SelfAttentionPlan plan, Device device)
        : base(plan, device)
    {
    }

    /// <summary>The layer as it was declared.</summary>
    public new SelfAttentionPlan Plan => (SelfAttentionPlan)base.Plan;

    /// <inheritdoc/>
    public override int InputCount => Plan.Inputs;

    /// <inheritdoc/>
    public override int OutputCount => Plan.Outputs;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [];

    internal override LayerSummary Summarize(LayerWeights counts, bool isExpanded) =>
        base.Summarize(counts, isExpanded) with { Shape = $"3 × {Plan.Units} → {Plan.Units}, {Plan.Places} places" };

    /// <inheritdoc/>
    protected internal override ValueUnits Follow(IReadOnlyList<ValueUnits> inputs) => ValueUnits.Of(OutputCount);

    /// <inheritdoc/>
    protected internal override LayerBuffers Allocate(IReadOnlyList<LayerBuffers> inputs, bool training)
    {
        int capacity = inputs[0].Output.Capacity;
        return new LayerBuffers(AllocateOutputs(capacity), training ? AllocateOutputs(capacity) : null)
        {
            Attention = Device.AllocateActivations(Plan.Shape.ProbabilityCount, capacity),
        };
    }

    /// <inheritdoc/>
    protected internal override void Forward(ReadOnlySpan<Activations> inputs, LayerBuffers buffers, in Pass pass) => Device.Kernels.AttentionForward(
        Plan.Shape, inputs[0], Plan.ReadsTokens ? inputs[1] : null, buffers.Attention!, buffers.Output, pass.Batch);

    /// <inheritdoc/>
    protected internal override void Backward(
        ReadOnlySpan<Activations> inputs, ReadOnlySpan<Activations?> inputGradients, LayerBuffers buffers, in Pass pass)
    {
        if (inputGradients[0] is { } inputGradient)
            Device.Kernels.AttentionInputGradient(Plan.Shape, inputs[0], buffers.Attention!, buffers.OutputGradient, inputGradient, pass.Batch);
    }
}

/// <content>The part of the plan that only the runtime knows.</content>
public sealed partial record SelfAttentionPlan
{
    /// <inheritdoc/>
    protected internal override LayerPlan WithInputs(IReadOnlyList<int> widths) => widths[0] == Inputs
        ? this
        : throw new PlanException(Name, $"the layer reads 3 · {Units} units at {Places} places, which are {Inputs} values, but gets {widths[0]}; make them equal.");

    /// <inheritdoc/>
    protected internal override Layer Create(Device device, long seed, int index) => new SelfAttention(this, device);
}
