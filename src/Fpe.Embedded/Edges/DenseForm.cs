using Fpe.Counting;
using Fpe.Embedded.Source;

namespace Fpe.Embedded.Edges;

/// <summary>Rows that read every column.</summary>
internal sealed class DenseForm(EdgeRows rows) : EdgeForm
{
    /// <inheritdoc/>
    public override EdgeCode Code => EdgeCode.Dense;

    /// <inheritdoc/>
    public override string Description => rows.Layout.EdgeCount == (long)rows.Count * rows.ColumnCount ? "dense" : "dense, with zeros";

    /// <summary>Writes edges in this form.</summary>
    public static DenseForm Of(EdgeRows rows)
    {
        var slots = new int[checked(rows.Count * rows.ColumnCount)];
        Array.Fill(slots, NoEdge);
        for (int row = 0; row < rows.Count; row++)
        {
            for (int e = 0; e < rows.Columns(row).Length; e++)
                slots[(row * rows.ColumnCount) + rows.Columns(row)[e]] = rows.Slots(row)[e];
        }

        return new DenseForm(rows) { Slots = slots };
    }

    /// <inheritdoc/>
    public override void WriteLoop(CWriter text, ProductNames names) => text
        .Line(names.Weights)
        .Line()
        .Block($"for (uint32_t row = 0; row < {rows.Count}; row++)", () => text
            .Line(names.NewSum).Line()
            .Single($"for (uint32_t column = 0; column < {rows.ColumnCount}; column++)", "sum += *weight++ * x[column];")
            .Line(names.End));
}
