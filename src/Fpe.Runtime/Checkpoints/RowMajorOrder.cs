using Fpe.Compute;

namespace Fpe.Checkpoints;

/// <summary>The order of a layer's edges in files: row by row with ascending columns, as in a weight matrix [out, in].</summary>
internal static class RowMajorOrder
{
    /// <summary>Returns all slots of a layout in that order, including holes.</summary>
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

    /// <summary>Returns the slots with edges in that order.</summary>
    public static int[] EdgesOf(EdgeLayout layout) => layout.HasHoles ? Array.FindAll(SlotsOf(layout), layout.IsKept) : SlotsOf(layout);

    /// <summary>Converts values over the slots of a layout to values over its edges in that order.</summary>
    public static T[] ToEdges<T>(EdgeLayout layout, T[] slots) => Array.ConvertAll(EdgesOf(layout), slot => slots[slot]);

    /// <summary>The reverse of <see cref="ToEdges"/>, with 0 at holes.</summary>
    public static T[] ToSlots<T>(EdgeLayout layout, T[] edges)
    {
        var slots = new T[layout.SlotCount];
        int next = 0;
        foreach (int slot in EdgesOf(layout))
            slots[slot] = edges[next++];
        return slots;
    }
}
