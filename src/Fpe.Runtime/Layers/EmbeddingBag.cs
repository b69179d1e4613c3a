using Fpe.Compute;
using Fpe.Counting;

namespace Fpe;

/// <summary>
/// Computes the mean or the sum of the rows of a table that a sample's tokens name; 0 for a sample without tokens. A training step reads and
/// updates only the rows of the tokens in its batch.
/// </summary>
public sealed class EmbeddingBag : TokenLayer
{
    private readonly Parameter[] parameters;

    internal EmbeddingBag(EmbeddingBagPlan plan, Device device, long seed, int index)
        : base(plan, plan.Vocabulary, plan.Dimension, new InitialTable(seed, index), device) => parameters = [Table];

    /// <summary>The layer as it was declared.</summary>
    public new EmbeddingBagPlan Plan => (EmbeddingBagPlan)base.Plan;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => parameters;

    private bool IsMean => Plan.Mode == BagMode.Mean;

    internal override LayerSummary Summarize(LayerWeights counts, bool isExpanded) =>
        base.Summarize(counts, isExpanded) with { Shape = $"{Plan.Places} tokens of {Plan.Vocabulary} → {Plan.Dimension}" };

    /// <inheritdoc/>
    protected internal override void Forward(ReadOnlySpan<Activations> inputs, LayerBuffers buffers, in Pass pass) =>
        Device.Kernels.EmbeddingBagForward(Table.Value, Plan.Dimension, IsMean, inputs[0], buffers.Output, pass.Batch);

    /// <inheritdoc/>
    protected internal override void Backward(
        ReadOnlySpan<Activations> inputs, ReadOnlySpan<Activations?> inputGradients, LayerBuffers buffers, in Pass pass) =>
        Device.Kernels.EmbeddingBagGradient(
            Plan.Dimension, IsMean, inputs[0], buffers.OutputGradient, Slots, Table.GradientRows!, Table.Gradient, pass.Batch);
}

/// <content>The part of the plan that only the runtime knows.</content>
public sealed partial record EmbeddingBagPlan
{
    /// <inheritdoc/>
    protected internal override LayerPlan WithInputs(IReadOnlyList<int> widths) => RequireTokens(widths, Places);

    /// <inheritdoc/>
    protected internal override Layer Create(Device device, long seed, int index) => new EmbeddingBag(this, device, seed, index);
}
