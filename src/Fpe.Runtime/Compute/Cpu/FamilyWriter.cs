using System.Runtime.CompilerServices;

namespace Fpe.Compute.Cpu;

/// <summary>Writes the bands and cells of <see cref="CpuFamilies"/>: each band, and then its cells from left to right.</summary>
/// <param name="grid">The grid.</param>
/// <param name="plan">The families of its rows.</param>
/// <param name="nextRows">Memory for the outputs of bands.</param>
/// <param name="nextPlaces">Memory for places.</param>
/// <param name="nextCodes">Memory for codes.</param>
internal sealed unsafe class FamilyWriter(CpuGrid grid, FamilyPlan plan, int* nextRows, FamilyPlace* nextPlaces, byte* nextCodes)
{
    // the rows of the band by their number in it
    private readonly int[] indices = new int[CpuGrid.WidestBand];
    private int groups;

    /// <summary>Writes a band.</summary>
    public void Write(ref FamilyBand target, int band)
    {
        groups = plan.GroupsOf(band);
        int length = groups * plan.Depth * plan.Lanes;
        target = new FamilyBand { GroupCount = groups, Rows = nextRows };
        new Span<int>(nextRows, length).Fill(-1);
        for (int i = grid.RowStarts[band]; i < grid.RowStarts[band + 1]; i++)
        {
            int row = (int)(grid.Rows[i] / Panel.Width);
            (int group, int lane) = Math.DivRem(plan.Families[i], plan.Lanes);
            nextRows[(group * plan.Depth + plan.Members[i]) * plan.Lanes + lane] = row;
            indices[row - band * grid.BandWidth] = i;
        }

        nextRows += length;
    }

    /// <summary>Writes a cell of the band that was written last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Write(ref FamilyCell target, CpuCell* cell)
    {
        int columns = cell->ColumnCount;
        target = new FamilyCell
        {
            FirstWeight = cell->FirstWeight,
            FirstInput = (int)(cell->FirstColumn / Panel.Width),
            ColumnCount = columns,
            Places = nextPlaces,
            Codes = nextCodes,
            IsWhole = cell->EdgeCount == (long)columns * groups * plan.Lanes,
        };
        int edge = 0;
        for (int column = 0; column < columns; column++)
        {
            EdgeRun run = cell->Columns[column];
            int end = edge + run.Count;
            for (int group = 0; group < groups; group++)
            {
                nint index = group * (nint)columns + column;
                target.Places[index] = new FamilyPlace((ushort)edge, (ushort)(run.Feature / Panel.Width - target.FirstInput));
                byte* codes = target.Codes + index * plan.Lanes;
                new Span<byte>(codes, plan.Lanes).Fill(FamilyCode.None);

                // rows ascend in a column, and so do families
                int weight = 0;
                for (int i; edge < end && plan.Families[i = indices[cell->RowsByColumn[edge] / Panel.Width]] / plan.Lanes == group; edge++, weight++)
                {
                    codes[plan.Families[i] % plan.Lanes] = (byte)(plan.Members[i] << FamilyCode.ReaderShift | weight);
                }
            }
        }

        nextPlaces += groups * columns;
        nextCodes += (nint)groups * columns * plan.Lanes;
    }
}
