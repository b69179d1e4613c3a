using Fpe.Compute;
using Fpe.Counting;

namespace Fpe;

/// <summary>Computes the mean of each unit of a sequence over its places; places without a token do not count.</summary>
public sealed class MeanPool : Layer
{
    private int units;

    internal MeanPool(MeanPoolPlan plan, Device device)
        : base(plan, device) => units = plan.Units;

    /// <summary>The layer as it was declared.</summary>
    public new MeanPoolPlan Plan => (MeanPoolPlan)base.Plan;

    /// <inheritdoc/>
    public override int InputCount => units * Plan.Places;

    /// <inheritdoc/>
    public override int OutputCount => units;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [];

    internal override LayerSummary Summarize(LayerWeights counts, bool isExpanded) =>
        base.Summarize(counts, isExpanded) with { Shape = $"{units}, {Plan.Places} places → {units}" };

    /// <inheritdoc/>
    protected internal override ValueUnits Follow(IReadOnlyList<ValueUnits> inputs)
    {
        units = inputs[0].Count / Plan.Places;
        return inputs[0].WithPlaces(Plan.Places, 1);
    }

    /// <inheritdoc/>
    protected internal override void Forward(ReadOnlySpan<Activations> inputs, LayerBuffers buffers, in Pass pass)
    {
        if (Plan.ReadsTokens)
            Device.Kernels.MeanOfTokens(inputs[1], inputs[0], buffers.Output, pass.Batch);
        else
            Device.Kernels.MeanOfPlaces(Plan.Places, inputs[0], buffers.Output, pass.Batch);
    }

    /// <inheritdoc/>
    protected internal override void Backward(
        ReadOnlySpan<Activations> inputs, ReadOnlySpan<Activations?> inputGradients, LayerBuffers buffers, in Pass pass)
    {
        if (inputGradients[0] is not { } inputGradient)
            return;
        if (Plan.ReadsTokens)
            Device.Kernels.MeanOfTokensGradient(inputs[1], buffers.OutputGradient, inputGradient, pass.Batch);
        else
            Device.Kernels.MeanOfPlacesGradient(Plan.Places, buffers.OutputGradient, inputGradient, pass.Batch);
    }
}

/// <content>The part of the plan that only the runtime knows.</content>
public sealed partial record MeanPoolPlan
{
    /// <inheritdoc/>
    protected internal override LayerPlan WithInputs(IReadOnlyList<int> widths) => new MeanPoolPlan(Name, widths[0] / Places, Places, ReadsTokens) { From = From };

    /// <inheritdoc/>
    protected internal override Layer Create(Device device, long seed, int index) => new MeanPool(this, device);
}
