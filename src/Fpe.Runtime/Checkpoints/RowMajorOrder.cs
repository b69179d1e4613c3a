using Fpe.Compute;

namespace Fpe.Checkpoints;

/// <summary>The order in which files hold the edges of a layer: row by row, columns ascending, as in a weight matrix [out, in].</summary>
internal static class RowMajorOrder
{
    /// <summary>All slots of a layout in that order, holes included.</summary>
    public static int[] SlotsOf(EdgeLayout layout)
    {
        var rows = new LayoutRows(layout);
        var slots = new int[layout.SlotCount];
        int next = 0;
        for (int row = 0; row < layout.OutputCount; row++)
        {
            int first = rows.FirstSlot(row);
            for (int c = 0; c < rows.Columns(row).Length; c++)
                slots[next++] = first + c;
        }

        return slots;
    }

    /// <summary>The slots that hold an edge in that order.</summary>
    public static int[] EdgesOf(EdgeLayout layout) => layout.HasHoles ? Array.FindAll(SlotsOf(layout), layout.IsKept) : SlotsOf(layout);

    /// <summary>Values over the slots of a layout as values over its edges in that order.</summary>
    public static double[] ToEdges(EdgeLayout layout, double[] slots) => Array.ConvertAll(EdgesOf(layout), slot => slots[slot]);

    /// <summary>The reverse of <see cref="ToEdges"/>, with 0 at holes.</summary>
    public static double[] ToSlots(EdgeLayout layout, double[] edges)
    {
        var slots = new double[layout.SlotCount];
        int next = 0;
        foreach (int slot in EdgesOf(layout))
            slots[slot] = edges[next++];
        return slots;
    }
}
