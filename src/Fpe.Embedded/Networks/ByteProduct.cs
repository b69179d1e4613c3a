using Fpe.Compute;
using Fpe.Embedded.Edges;
using Fpe.Embedded.Source;

namespace Fpe.Embedded.Networks;

/// <summary>A fully connected layer in bytes that is not the last.</summary>
/// <param name="layer">The layer.</param>
/// <param name="identifier">Its name in C.</param>
/// <param name="edges">Its edges.</param>
/// <param name="inputs">Its inputs.</param>
/// <param name="slots">A weight for each slot.</param>
/// <param name="rows">How the sums of rows become bytes.</param>
/// <param name="activation">Its activation.</param>
internal sealed class ByteProduct(string layer, string identifier, EdgeForm edges, int inputs, sbyte[] slots, ByteRows rows, ElementFunction activation)
    : ProductStep(layer, identifier, edges, inputs, rows.Biases.Length, activation)
{
    /// <inheritdoc/>
    public override IReadOnlyList<CTable> Tables
    {
        get
        {
            var tables = new List<CTable> { WeightsOf(this, slots) };
            tables.AddRange(Edges.Tables);
            tables.Add(new CTable(
                "rows", "scaling", 2 * sizeof(int), [.. rows.Biases.Zip(rows.Factors, (bias, factor) => $"{{ {bias}, {factor} }}")],
                $"For each row its bias, in units of its sums, and what such a unit is in 1/2^{rows.Shift} of a step of the outputs."));
            if (rows.Table is { } table)
                tables.Add(CTable.OfBytes("activation", table, $"{Activation} of each byte."));
            return tables;
        }
    }

    /// <inheritdoc/>
    protected override ProductNames Names => new(Identifier, "int8_t", "int32_t", $"{Identifier}_rows[row].bias", sum =>
    {
        string output = $"to_byte({sum}, {Identifier}_rows[row].factor, {rows.Shift}, {rows.ZeroPoint})";
        return rows.Table is null ? output : $"{Identifier}_activation[{output}]";
    });

    /// <summary>The weights of a layer in bytes.</summary>
    public static CTable WeightsOf(ProductStep step, sbyte[] slots) => new(
        "weights", "int8_t", sizeof(sbyte), [.. step.Edges.Slots.Select(slot => slot == EdgeForm.NoEdge ? "0" : $"{slots[slot]}")], $"{step.Layer}: {step.Description}.");
}
