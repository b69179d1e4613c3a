using Fpe.Compute;
using Fpe.Counting;
using Fpe.Embedded.Source;

namespace Fpe.Embedded.Edges;

/// <summary>Blocks of consecutive rows that read the same columns: each is a small dense product.</summary>
internal sealed class BlockForm(EdgeRows rows) : EdgeForm
{
    /// <inheritdoc/>
    public override EdgeCode Code => EdgeCode.Blocks;

    /// <inheritdoc/>
    public override string Description =>
        $"{rows.Layout.BlockCount} dense {(rows.Layout.BlockCount == 1 ? "block" : "blocks")}{(rows.Layout.HasHoles ? ", with zeros" : "")}";

    /// <inheritdoc/>
    public override IReadOnlyList<CTable> Tables
    {
        get
        {
            EdgeLayout layout = rows.Layout;
            int size = EdgeTables.BytesOfColumn(rows.ColumnCount);
            var columns = new List<string>();
            var sizes = new List<string>();
            for (int b = 0; b < layout.BlockCount; b++)
            {
                EdgeBlock block = layout.Block(b);
                sizes.Add($"{{ {block.Rows.Length}, {block.Columns.Length} }}");
                foreach (int column in block.Columns)
                    columns.Add($"{column}");
            }

            return
            [
                new CTable("columns", $"uint{8 * size}_t", size, columns, "The columns of each block."),
                new CTable("blocks", "block", EdgeTables.SizeOfBlock, sizes, "The rows and the number of columns of each block."),
            ];
        }
    }

    /// <summary>Returns whether the layout has a block of several rows, and its blocks are in the order of the rows.</summary>
    public static bool IsFor(EdgeLayout layout)
    {
        int next = 0;
        for (int b = 0; b < layout.BlockCount; b++)
        {
            foreach (int row in layout.Block(b).Rows)
            {
                if (row != next++)
                    return false;
            }
        }

        // A single block of all columns is the dense form.
        return layout.BlockCount < layout.OutputCount && (layout.BlockCount > 1 || layout.Block(0).Columns.Length < layout.InputCount);
    }

    /// <summary>Writes edges in this form.</summary>
    public static BlockForm Of(EdgeRows rows)
    {
        EdgeLayout layout = rows.Layout;
        return new BlockForm(rows) { Slots = [.. Enumerable.Range(0, layout.SlotCount).Select(slot => layout.IsKept(slot) ? slot : NoEdge)] };
    }

    /// <inheritdoc/>
    public override void WriteLoop(CWriter text, ProductNames names) => text
        .Line(names.Weights)
        .Line($"const uint{8 * EdgeTables.BytesOfColumn(rows.ColumnCount)}_t *column = {names.Layer}_columns;")
        .Line("uint32_t row = 0;")
        .Line()
        .Block($"for (uint32_t b = 0; b < {rows.Layout.BlockCount}; b++)", () => text
            .Line($"const uint32_t end = row + {names.Layer}_blocks[b].rows, columns = {names.Layer}_blocks[b].columns;")
            .Line()
            .Block("for (; row < end; row++)", () => text
                .Line(names.NewSum).Line()
                .Single("for (uint32_t c = 0; c < columns; c++)", "sum += *weight++ * x[column[c]];")
                .Line(names.End))
            .Line("column += columns;"));
}
