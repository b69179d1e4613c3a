using System.Numerics;
using System.Runtime.CompilerServices;

namespace Fpe.Compute.Cpu;

/// <summary>Which rows of a grid form the families of <see cref="CpuFamilies"/>, and how large these are.</summary>
internal sealed unsafe class FamilyPlan
{
    /// <summary>Forms families of the rows of each band, in ascending order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private FamilyPlan(CpuGrid grid, VectorWidth width)
    {
        Families = new int[grid.RowCount];
        Members = new int[grid.RowCount];
        FamilyCounts = new int[grid.RowBandCount];
        var takenBy = new int[grid.ColumnBandCount * grid.BandWidth];
        int largest = 1, last = 0;
        for (int band = 0; band < grid.RowBandCount; band++)
        {
            int family = -1, size = 0;
            for (int i = grid.RowStarts[band]; i < grid.RowStarts[band + 1]; i++)
            {
                ReadOnlySpan<int> columns = grid.ColumnsOf(i);
                bool isNew = family < 0 || size == CpuFamilies.MaximumDepth;
                for (int c = 0; c < columns.Length && !isNew; c++)
                    isNew = takenBy[columns[c]] == last;
                if (isNew)
                {
                    (family, size) = (family + 1, 0);
                    last++;
                }

                foreach (int column in columns)
                    takenBy[column] = last;
                (Families[i], Members[i]) = (family, size++);
                largest = Math.Max(largest, size);
            }

            FamilyCounts[band] = family + 1;
        }

        Depth = (int)BitOperations.RoundUpToPowerOf2((uint)largest);
        Lanes = width == VectorWidth.Bits512 && FamilyCounts.Any(count => count > 8) ? 16 : 8;
        Count(grid);
    }

    /// <summary>The family of each row of the grid, counted from 0 in each band.</summary>
    public int[] Families { get; }

    /// <summary>The number of each row in its family.</summary>
    public int[] Members { get; }

    /// <summary>Number of families of each band.</summary>
    public int[] FamilyCounts { get; }

    /// <summary>Families of a group: 8 or 16.</summary>
    public int Lanes { get; }

    /// <summary>The largest number of rows of a family, rounded up to a power of 2.</summary>
    public int Depth { get; }

    /// <summary>Number of groups of all bands.</summary>
    public int GroupCount { get; private set; }

    /// <summary>Number of columns of all groups of all cells.</summary>
    public long ColumnCount { get; private set; }

    /// <summary>Returns the families of a grid; null if it has no rows, or if too many lanes would be empty.</summary>
    public static FamilyPlan? Of(CpuGrid grid, VectorWidth width)
    {
        if (grid.RowCount == 0)
            return null;
        var plan = new FamilyPlan(grid, width);
        return grid.EdgeCount >= MinimumFill(plan.Depth) * plan.ColumnCount * plan.Lanes ? plan : null;
    }

    /// <summary>Returns the part of all lanes that must have an edge, because the others take as long: measured.</summary>
    private static double MinimumFill(int depth) => (4 + depth) / 20.0;

    /// <summary>Returns the number of groups of a band.</summary>
    public int GroupsOf(int band) => (FamilyCounts[band] + Lanes - 1) / Lanes;

    private void Count(CpuGrid grid)
    {
        for (int band = 0; band < grid.RowBandCount; band++)
        {
            int groups = GroupsOf(band);
            GroupCount += groups;
            for (int column = 0; column < grid.ColumnBandCount; column++)
                ColumnCount += (long)grid.All[band * grid.ColumnBandCount + column].ColumnCount * groups;
        }
    }
}
