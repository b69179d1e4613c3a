using Fpe.Compute;
using Fpe.Embedded.Edges;
using Fpe.Embedded.Source;

namespace Fpe.Embedded.Networks;

/// <summary>A fully connected layer.</summary>
internal abstract class ProductStep(string layer, string identifier, EdgeForm edges, int inputs, int outputs, ElementFunction activation)
    : CStep(layer, identifier, outputs)
{
    /// <summary>The edges.</summary>
    public EdgeForm Edges => edges;

    /// <summary>The activation.</summary>
    public ElementFunction Activation => activation;

    /// <inheritdoc/>
    public override bool WorksInPlace => false;

    /// <inheritdoc/>
    public override string Description =>
        $"{inputs} -> {Width}{(activation.Kind == ActivationFunction.Identity ? "" : $", {activation}")}, {edges.Description}";

    /// <inheritdoc/>
    public override long Weights => edges.Slots.Count(slot => slot != EdgeForm.NoEdge);

    /// <inheritdoc/>
    public override long MultiplyAdds => edges.Slots.Count;

    /// <summary>The names and types of the loop.</summary>
    protected abstract ProductNames Names { get; }

    /// <inheritdoc/>
    public override void WriteBody(CWriter text) => edges.WriteLoop(text, Names);
}
