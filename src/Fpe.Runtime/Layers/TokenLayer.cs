using Fpe.Compute;

namespace Fpe;

/// <summary>
/// A layer with a table that has a row for each token: <see cref="Embedding"/> and <see cref="EmbeddingBag"/>. The gradient holds only the
/// rows of the tokens in a batch, so a training step does not depend on the size of the table.
/// </summary>
public abstract class TokenLayer : Layer
{
    // A workspace for the gradient, with an element for each row; null until it is needed.
    private IndexBuffer? slots;

    private protected TokenLayer(LayerPlan plan, int vocabulary, int dimension, InitialTable values, Device device)
        : base(plan, device)
    {
        Table = Parameter.OfTable(ParameterName("weight"), vocabulary, dimension, device);
        Table.Value.Write(values.Next(Table.Count));
    }

    /// <summary>The table: [vocabulary, dimension], row by row; initially normally distributed with mean 0 and variance 1, as in PyTorch.</summary>
    public Parameter Table { get; }

    /// <inheritdoc/>
    public sealed override int InputCount => Plan.Inputs;

    /// <inheritdoc/>
    public sealed override int OutputCount => Plan.Outputs;

    private protected IndexBuffer Slots => slots ?? throw new InvalidOperationException($"{Name} has no gradient; the buffers of the pass were allocated for predictions.");

    /// <inheritdoc/>
    protected internal sealed override ValueUnits Follow(IReadOnlyList<ValueUnits> inputs) => ValueUnits.Of(OutputCount);

    /// <inheritdoc/>
    protected internal sealed override LayerBuffers Allocate(IReadOnlyList<LayerBuffers> inputs, bool training)
    {
        if (training)
        {
            int vocabulary = (int)Table.Shape[0];
            slots ??= Device.AllocateIndices(vocabulary);
            Table.AllocateGradientRows((int)Math.Min(vocabulary, (long)inputs[0].Output.Capacity * InputCount));
        }

        return base.Allocate(inputs, training);
    }

    /// <inheritdoc/>
    protected internal override void Free()
    {
        Table.Free();
        slots?.Dispose();
    }
}
