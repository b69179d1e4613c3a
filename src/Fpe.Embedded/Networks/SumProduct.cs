using Fpe.Compute;
using Fpe.Embedded.Edges;
using Fpe.Embedded.Source;

namespace Fpe.Embedded.Networks;

/// <summary>The last layer of a network in bytes, whose outputs are the sums of its rows.</summary>
/// <param name="layer">The layer.</param>
/// <param name="identifier">Its name in C.</param>
/// <param name="edges">Its edges.</param>
/// <param name="inputs">Its inputs.</param>
/// <param name="slots">A weight for each slot.</param>
/// <param name="biases">A bias for each row, in units of its sums.</param>
/// <param name="scales">The number that a unit of the sum of each row stands for.</param>
/// <param name="comparison">The same as integers with one unit, to compare the sums of rows; null if there is nothing to compare.</param>
/// <param name="activation">Its activation, which is applied to numbers.</param>
internal sealed class SumProduct(
    string layer, string identifier, EdgeForm edges, int inputs, sbyte[] slots, int[] biases, float[] scales, int[]? comparison, ElementFunction activation)
    : ProductStep(layer, identifier, edges, inputs, biases.Length, activation)
{
    /// <inheritdoc/>
    public override IReadOnlyList<CTable> Tables
    {
        get
        {
            var tables = new List<CTable> { ByteProduct.WeightsOf(this, slots) };
            tables.AddRange(Edges.Tables);
            tables.Add(CTable.OfWords("biases", biases, "A bias for each row, in units of its sums."));
            tables.Add(CTable.OfNumbers("scales", scales, "The number that a unit of the sum of each row stands for."));
            if (comparison is not null)
                tables.Add(CTable.OfWords("comparison", comparison, "The same as integers, to compare the sums of different rows."));
            return tables;
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<CFunction> Functions => CFunction.Of(Activation) is { } function ? [function] : [];

    /// <inheritdoc/>
    public override string? OutputType => "int32_t";

    /// <inheritdoc/>
    protected override ProductNames Names => new(Identifier, "int8_t", "int32_t", $"{Identifier}_biases[row]", sum => sum);
}
