using Fpe.Compute;
using Fpe.Counting;

namespace Fpe;

/// <summary>
/// Looks up a row of a table for each token. The result is a sequence; it is 0 at places without a token. A training step reads and updates
/// only the rows of the tokens in its batch.
/// </summary>
public sealed class Embedding : TokenLayer
{
    private readonly Parameter[] parameters;

    internal Embedding(EmbeddingPlan plan, Device device, long seed, int index)
        : this(plan, device, new InitialTable(seed, index))
    {
    }

    private Embedding(EmbeddingPlan plan, Device device, InitialTable values)
        : base(plan, plan.Vocabulary, plan.Dimension, values, device)
    {
        if (plan.HasPositions)
        {
            Positions = new Parameter(ParameterName("positions"), ParameterRole.Table, plan.Places * plan.Dimension, device) { Shape = [plan.Places, plan.Dimension] };
            Positions.Value.Write(values.Next(Positions.Count));
        }

        parameters = Positions is null ? [Table] : [Table, Positions];
    }

    /// <summary>The layer as it was declared.</summary>
    public new EmbeddingPlan Plan => (EmbeddingPlan)base.Plan;

    /// <summary>The vectors that are added at each place: [places, dimension], row by row; initially as the table. Null if there are none.</summary>
    public Parameter? Positions { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => parameters;

    internal override LayerSummary Summarize(LayerWeights counts, bool isExpanded) =>
        base.Summarize(counts, isExpanded) with { Shape = $"{Plan.Places} tokens of {Plan.Vocabulary} → {Plan.Dimension}, {Plan.Places} places" };

    /// <inheritdoc/>
    protected internal override void Forward(ReadOnlySpan<Activations> inputs, LayerBuffers buffers, in Pass pass) =>
        Device.Kernels.EmbeddingForward(Table.Value, Positions?.Value, Plan.Dimension, inputs[0], buffers.Output, pass.Batch);

    /// <inheritdoc/>
    protected internal override void Backward(
        ReadOnlySpan<Activations> inputs, ReadOnlySpan<Activations?> inputGradients, LayerBuffers buffers, in Pass pass) =>
        Device.Kernels.EmbeddingGradient(
            Plan.Dimension, inputs[0], buffers.OutputGradient, Slots, Table.GradientRows!, Table.Gradient, Positions?.Gradient, pass.Batch);

    /// <inheritdoc/>
    protected internal override void Free()
    {
        base.Free();
        Positions?.Free();
    }
}

/// <content>The part of the plan that only the runtime knows.</content>
public sealed partial record EmbeddingPlan
{
    /// <inheritdoc/>
    protected internal override LayerPlan WithInputs(IReadOnlyList<int> widths) => RequireTokens(widths, Places);

    /// <inheritdoc/>
    protected internal override Layer Create(Device device, long seed, int index) => new Embedding(this, device, seed, index);
}
