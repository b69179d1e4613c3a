using System.Runtime.CompilerServices;
using Fpe.Compute;
using Fpe.Expansion;

namespace Fpe.Sparsity;

/// <summary>
/// Transfers values over edges to another layout of the same layer: edges in both layouts keep their values, new ones start from 0.
/// </summary>
internal sealed class EdgeTransfer
{
    private readonly int[] sources;

    private EdgeTransfer(int[] sources) => this.sources = sources;

    /// <summary>Prepares the transfer from one layout to another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static EdgeTransfer Between(EdgeLayout from, EdgeLayout to)
    {
        (LayoutRows oldRows, LayoutRows newRows) = (new LayoutRows(from), new LayoutRows(to));
        var sources = new int[to.SlotCount];
        for (int row = 0; row < to.OutputCount; row++)
        {
            ReadOnlySpan<int> oldColumns = oldRows.Columns(row);
            (int oldFirst, int slot, int at) = (oldRows.FirstSlot(row), newRows.FirstSlot(row), 0);
            foreach (int column in newRows.Columns(row))
            {
                while (at < oldColumns.Length && oldColumns[at] < column)
                    at++;
                bool isOld = at < oldColumns.Length && oldColumns[at] == column && from.IsKept(oldFirst + at);
                sources[slot] = isOld && to.IsKept(slot) ? oldFirst + at : -1;
                slot++;
            }
        }

        return new EdgeTransfer(sources);
    }

    /// <summary>Transfers one value per slot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double[] Move(double[] slots)
    {
        var moved = new double[sources.Length];
        for (int slot = 0; slot < moved.Length; slot++)
        {
            if (sources[slot] >= 0)
                moved[slot] = slots[sources[slot]];
        }

        return moved;
    }
}
