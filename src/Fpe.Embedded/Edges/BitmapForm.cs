using Fpe.Counting;
using Fpe.Embedded.Source;

namespace Fpe.Embedded.Edges;

/// <summary>A bit for each row and column.</summary>
internal sealed class BitmapForm(EdgeRows rows, byte[] bits) : EdgeForm
{
    /// <inheritdoc/>
    public override EdgeCode Code => EdgeCode.Bitmap;

    /// <inheritdoc/>
    public override string Description => "a bit for each possible edge";

    /// <inheritdoc/>
    public override IReadOnlyList<CTable> Tables => [CTable.OfBytes("edges", bits, "A bit for each row and column: whether there is an edge.")];

    /// <summary>Writes edges in this form.</summary>
    public static BitmapForm Of(EdgeRows rows)
    {
        int rowBytes = (rows.ColumnCount + 7) / 8;
        var bits = new byte[checked(rows.Count * rowBytes)];
        for (int row = 0; row < rows.Count; row++)
        {
            foreach (int column in rows.Columns(row))
                bits[(row * rowBytes) + (column / 8)] |= (byte)(1 << (column % 8));
        }

        return new BitmapForm(rows, bits) { Slots = [.. Enumerable.Range(0, rows.Count).SelectMany(rows.Slots)] };
    }

    /// <inheritdoc/>
    public override void WriteLoop(CWriter text, ProductNames names) => text
        .Line(names.Weights)
        .Line($"const uint8_t *edges = {names.Layer}_edges;")
        .Line()
        .Block($"for (uint32_t row = 0; row < {rows.Count}; row++)", () => text
            .Line(names.NewSum).Line()
            .Block($"for (uint32_t column = 0; column < {rows.ColumnCount}; column++)", () => text
                .Single("if ((edges[column / 8] >> (column % 8)) & 1)", "sum += *weight++ * x[column];"))
            .Line(names.End)
            .Line($"edges += {(rows.ColumnCount + 7) / 8};"));
}
