using Fpe.Compute;

namespace Fpe.Checkpoints;

/// <summary>Converts values over the slots of a layout to a matrix [out, in], row by row, and back.</summary>
internal static class DenseMatrix
{
    /// <summary>Returns the matrix, with 0 for edges that do not exist.</summary>
    public static double[] Of(EdgeLayout layout, double[] slots)
    {
        var matrix = new double[(long)layout.OutputCount * layout.InputCount];
        int[] elements = ElementsOf(layout);
        for (int slot = 0; slot < slots.Length; slot++)
            matrix[elements[slot]] = slots[slot];
        return matrix;
    }

    /// <summary>Returns the slots of a matrix.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="matrix">[out, in], row by row.</param>
    /// <param name="stray">The first element that is not 0 although its edge does not exist; −1 if there is none.</param>
    public static double[] ToSlots(EdgeLayout layout, double[] matrix, out int stray)
    {
        int[] elements = ElementsOf(layout);
        var slots = new double[layout.SlotCount];
        var rest = (double[])matrix.Clone();
        for (int slot = 0; slot < slots.Length; slot++)
        {
            if (!layout.IsKept(slot))
                continue;
            slots[slot] = matrix[elements[slot]];
            rest[elements[slot]] = 0;
        }

        stray = Array.FindIndex(rest, value => value != 0);
        return slots;
    }

    /// <summary>Returns the matrix element of each slot.</summary>
    private static int[] ElementsOf(EdgeLayout layout)
    {
        var elements = new int[layout.SlotCount];
        for (int b = 0; b < layout.BlockCount; b++)
        {
            EdgeBlock block = layout.Block(b);
            int slot = block.FirstSlot;
            foreach (int row in block.Rows)
            {
                foreach (int column in block.Columns)
                    elements[slot++] = (row * layout.InputCount) + column;
            }
        }

        return elements;
    }
}
