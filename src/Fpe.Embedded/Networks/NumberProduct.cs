using Fpe.Compute;
using Fpe.Embedded.Edges;
using Fpe.Embedded.Source;

namespace Fpe.Embedded.Networks;

/// <summary>A fully connected layer in floating-point numbers.</summary>
/// <param name="layer">The layer.</param>
/// <param name="identifier">Its name in C.</param>
/// <param name="edges">Its edges.</param>
/// <param name="inputs">Its inputs.</param>
/// <param name="slots">A weight for each slot.</param>
/// <param name="biases">A bias for each row.</param>
/// <param name="activation">Its activation.</param>
internal sealed class NumberProduct(string layer, string identifier, EdgeForm edges, int inputs, float[] slots, float[] biases, ElementFunction activation)
    : ProductStep(layer, identifier, edges, inputs, biases.Length, activation)
{
    /// <inheritdoc/>
    public override IReadOnlyList<CTable> Tables =>
    [
        CTable.OfNumbers("weights", [.. Edges.Slots.Select(slot => slot == EdgeForm.NoEdge ? 0 : slots[slot])], $"{Layer}: {Description}."),
        .. Edges.Tables,
        CTable.OfNumbers("biases", biases, "A bias for each row."),
    ];

    /// <inheritdoc/>
    public override IEnumerable<CFunction> Functions => CFunction.Of(Activation) is { } function ? [function] : [];

    /// <inheritdoc/>
    protected override ProductNames Names => new(Identifier, "float", "float", $"{Identifier}_biases[row]", sum => CFunction.Call(Activation, sum));
}
