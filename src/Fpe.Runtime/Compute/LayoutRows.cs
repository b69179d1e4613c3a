namespace Fpe.Compute;

/// <summary>The rows of a layout in ascending order, which blocks of several rows do not follow.</summary>
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

    /// <summary>Returns the columns of a row, ascending, including holes.</summary>
    public ReadOnlySpan<int> Columns(int row) => layout.Block(blocks[row]).Columns;

    /// <summary>Returns the slot of a row's first column; the others follow.</summary>
    public int FirstSlot(int row) => firstSlots[row];
}
