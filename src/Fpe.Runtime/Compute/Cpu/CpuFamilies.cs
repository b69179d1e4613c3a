namespace Fpe.Compute.Cpu;

/// <summary>
/// The single rows of a layer for few samples. Rows that share no input, such as the children of one neuron, form a family: a column has at
/// most one edge to it, so a vector with one family per lane holds a weight for each, as a group of rows does in a dense layer. Which row of
/// its family an edge belongs to, a code says.
/// </summary>
/// <remarks>
/// A loop over columns multiplies whole vectors by one input, and adds each lane to the sum of its row: as many comparisons and additions as
/// a family has rows, for 8 or 16 edges. To look up the sums, or the inputs, edge by edge takes several times as long.
/// </remarks>
internal sealed unsafe class CpuFamilies : IDisposable
{
    /// <summary>Maximum number of rows of a family.</summary>
    public const int MaximumDepth = 8;

    private readonly AlignedMemory bands;
    private readonly AlignedMemory cells;
    private readonly AlignedMemory rows;
    private readonly AlignedMemory places;
    private readonly AlignedMemory codes;

    /// <summary>Writes the families of a grid.</summary>
    /// <param name="grid">The grid.</param>
    /// <param name="plan">Which rows form a family.</param>
    public CpuFamilies(CpuGrid grid, FamilyPlan plan)
    {
        (Lanes, Depth) = (plan.Lanes, plan.Depth);
        int cellCount = grid.RowBandCount * grid.ColumnBandCount;
        bands = new AlignedMemory(sizeof(FamilyBand) * (long)grid.RowBandCount);
        cells = new AlignedMemory(sizeof(FamilyCell) * (long)cellCount);
        rows = new AlignedMemory(sizeof(int) * (long)plan.GroupCount * Depth * Lanes);
        places = new AlignedMemory(sizeof(FamilyPlace) * plan.ColumnCount);
        codes = new AlignedMemory(plan.ColumnCount * Lanes);
        var writer = new FamilyWriter(grid, plan, rows.Integers, (FamilyPlace*)places.Floats, (byte*)codes.Floats);
        for (int band = 0; band < grid.RowBandCount; band++)
        {
            writer.Write(ref Bands[band], band);
            for (int column = 0; column < grid.ColumnBandCount; column++)
                writer.Write(ref Cells[band * grid.ColumnBandCount + column], grid.All + (band * grid.ColumnBandCount + column));
        }
    }

    /// <summary>Families of a group: 8 or 16.</summary>
    public int Lanes { get; }

    /// <summary>The largest number of rows of a family, rounded up to 1, 2, 4 or 8.</summary>
    public int Depth { get; }

    /// <summary>The bands of rows of the grid.</summary>
    public FamilyBand* Bands => (FamilyBand*)bands.Floats;

    /// <summary>The cells of the grid.</summary>
    public FamilyCell* Cells => (FamilyCell*)cells.Floats;

    /// <summary>Size of the index data in bytes.</summary>
    public long IndexBytes => bands.Size + cells.Size + rows.Size + places.Size + codes.Size;

    /// <summary>Returns whether a batch is faster this way than with a sample per lane, which takes as long for 8 samples as for one.</summary>
    public bool Suit(int batch) => batch is > 0 and <= 4 && batch * Depth <= Lanes;

    public void Dispose()
    {
        bands.Dispose();
        cells.Dispose();
        rows.Dispose();
        places.Dispose();
        codes.Dispose();
    }
}
