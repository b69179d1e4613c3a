using Fpe.Compute;

namespace Fpe.Embedded.Edges;

/// <summary>The edges of a layer row by row: ascending columns, and the slot of each edge.</summary>
internal sealed class EdgeRows
{
    private readonly int[][] columns;
    private readonly int[][] slots;

    /// <summary>Lists the edges of a layout.</summary>
    /// <param name="layout">The edges.</param>
    /// <param name="children">Rows of a neuron; 1 if neurons have no children.</param>
    /// <param name="share">Consecutive neurons whose first children come first, then all their second children, and so on.</param>
    public EdgeRows(EdgeLayout layout, int children, int share)
    {
        (Layout, Children, Share) = (layout, children, share);
        columns = new int[layout.OutputCount][];
        slots = new int[layout.OutputCount][];
        for (int b = 0; b < layout.BlockCount; b++)
        {
            EdgeBlock block = layout.Block(b);
            int[] all = block.Columns.ToArray();
            int first = block.FirstSlot;
            foreach (int row in block.Rows)
            {
                int start = first;
                int[] kept = [.. Enumerable.Range(0, all.Length).Where(c => layout.IsKept(start + c))];
                columns[row] = [.. kept.Select(c => all[c])];
                slots[row] = [.. kept.Select(c => start + c)];
                first += all.Length;
            }
        }
    }

    /// <summary>The edges.</summary>
    public EdgeLayout Layout { get; }

    /// <summary>Rows of a neuron.</summary>
    public int Children { get; }

    /// <summary>Consecutive neurons whose children are grouped by their number.</summary>
    public int Share { get; }

    /// <summary>The number of rows.</summary>
    public int Count => Layout.OutputCount;

    /// <summary>The number of columns.</summary>
    public int ColumnCount => Layout.InputCount;

    /// <summary>Returns the columns of the edges of a row.</summary>
    public int[] Columns(int row) => columns[row];

    /// <summary>Returns the slots of the edges of a row.</summary>
    public int[] Slots(int row) => slots[row];

    /// <summary>Returns the row of a child.</summary>
    public int RowOf(int neuron, int child) => (neuron / Share * Share * Children) + (child * Share) + (neuron % Share);
}
