namespace Fpe.Compute;

/// <summary>The rows of a layout in their own order, which blocks of several rows do not have.</summary>
internal sealed class LayoutRows
{
    private readonly EdgeLayout layout;
    private readonly int[] blocks;
    private readonly int[] firstSlots;

    public LayoutRows(EdgeLayout layout)
    {
        this.layout = layout;
        blocks = new int[layout.OutputCount];
        firstSlots = new int[layout.OutputCount];
        for (int b = 0; b < layout.BlockCount; b++)
        {
            EdgeBlock block = layout.Block(b);
            for (int r = 0; r < block.Rows.Length; r++)
            {
                blocks[block.Rows[r]] = b;
                firstSlots[block.Rows[r]] = block.FirstSlot + (r * block.Columns.Length);
            }
        }
    }

    /// <summary>Columns of a row, ascending; holes included.</summary>
    public ReadOnlySpan<int> Columns(int row) => layout.Block(blocks[row]).Columns;

    /// <summary>Slot of a row's first column; the others follow.</summary>
    public int FirstSlot(int row) => firstSlots[row];
}
