using System.Runtime.CompilerServices;

namespace Fpe.Compute.Cpu;

/// <summary>
/// The blocks of one row, divided into cells: a band of rows × a band of columns each. The lanes of a band stay in the first-level cache
/// while the edges of a cell read them in any order, and the weights and index data of a cell are few enough to stay there too.
/// </summary>
/// <remarks>
/// Weights are stored by column: in partitions without pruning, one child of each neuron reads an input, so all columns of a cell have as
/// many edges as there are neurons in its rows. Both gradients then have inner loops of constant length over adjacent weights; only the
/// forward pass, which iterates by row, needs an index to find weights.
/// </remarks>
internal sealed unsafe class CpuGrid : IDisposable
{
    private const int NarrowestBand = 64;

    /// <summary>Maximum width of a band, so that rows × columns of a cell fit into 16 bits.</summary>
    public const int WidestBand = 256;

    /// <summary>Number of edges that a row or column of a cell should have, so that its sums are not loaded and stored too often.</summary>
    private const int EdgesPerRun = 16;

    /// <summary>Rows beyond the last that kernels may read but do not use.</summary>
    private const int Slack = 16;

    private readonly EdgeLayout layout;
    private readonly int[] single;
    private readonly int[] elements;
    private readonly AlignedMemory cells;
    private readonly AlignedMemory rows;
    private readonly AlignedMemory runs;
    private readonly AlignedMemory rowsByColumn;
    private readonly AlignedMemory columnsByRow;

    /// <summary>Creates the grid.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="single">The indices of its blocks of one row, ordered by row.</param>
    /// <param name="firstWeight">Index of the first weight in a buffer over the edges.</param>
    public CpuGrid(EdgeLayout layout, int[] single, int firstWeight)
    {
        (this.layout, this.single) = (layout, single);
        elements = new int[single.Sum(b => layout.Block(b).SlotCount)];
        BandWidth = BandOf((double)elements.Length / Math.Max(1, (long)single.Length * layout.InputCount));
        RowBandCount = single.Length == 0 ? 0 : (layout.OutputCount + BandWidth - 1) / BandWidth;
        ColumnBandCount = (layout.InputCount + BandWidth - 1) / BandWidth;
        RowCount = single.Length;
        rows = new AlignedMemory(sizeof(int) * (single.Length + RowBandCount + 1L));
        PlaceRows();

        cells = new AlignedMemory(sizeof(CpuCell) * (long)RowBandCount * ColumnBandCount);
        rowsByColumn = new AlignedMemory(sizeof(ushort) * ((long)elements.Length + Slack));
        columnsByRow = new AlignedMemory(sizeof(IndexedEdge) * (long)elements.Length);
        runs = new AlignedMemory(sizeof(EdgeRun) * CountRuns());
        Place(firstWeight);
    }

    /// <summary>Number of rows or columns of a band.</summary>
    public int BandWidth { get; }

    /// <summary>Number of bands of rows, over all outputs of the layer.</summary>
    public int RowBandCount { get; }

    /// <summary>Number of bands of columns.</summary>
    public int ColumnBandCount { get; }

    /// <summary>The cells: [<see cref="RowBandCount"/>, <see cref="ColumnBandCount"/>].</summary>
    public CpuCell* All => (CpuCell*)cells.Floats;

    /// <summary>Number of <see cref="Rows"/>.</summary>
    public int RowCount { get; }

    /// <summary>Offsets of the rows of the grid in a panel, in floats; ascending.</summary>
    public uint* Rows => (uint*)rows.Integers;

    /// <summary>Start of each band of rows in <see cref="Rows"/>, and the end of the last.</summary>
    public int* RowStarts => rows.Integers + RowCount;

    /// <summary>Number of edges.</summary>
    public int EdgeCount => elements.Length;

    /// <summary>Size of the index data in bytes.</summary>
    public long IndexBytes =>
        cells.Size + rows.Size + runs.Size + rowsByColumn.Size + columnsByRow.Size + sizeof(int) * (long)(single.Length + elements.Length);

    /// <summary>Returns the inputs that a row reads, ascending.</summary>
    public ReadOnlySpan<int> ColumnsOf(int row) => layout.Block(single[row]).Columns;

    /// <summary>Stores one value per slot of the layout; values of other blocks are ignored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Write(ReadOnlySpan<double> slots, float* values)
    {
        int edge = 0;
        foreach (int b in single)
        {
            EdgeBlock block = layout.Block(b);
            foreach (double value in slots.Slice(block.FirstSlot, block.SlotCount))
                values[elements[edge++]] = (float)value;
        }
    }

    /// <summary>Reads one value per slot of the layout; values of other blocks are ignored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Read(float* values, Span<double> slots)
    {
        int edge = 0;
        foreach (int b in single)
        {
            EdgeBlock block = layout.Block(b);
            foreach (ref double value in slots.Slice(block.FirstSlot, block.SlotCount))
                value = values[elements[edge++]];
        }
    }

    /// <summary>Returns the indices of elements that belong to no edge in a buffer over the edges.</summary>
    public IEnumerable<int> Holes()
    {
        int edge = 0;
        foreach (int b in single)
        {
            (int slot, int end) = (layout.Block(b).FirstSlot, layout.Block(b).FirstSlot + layout.Block(b).SlotCount);
            for (; slot < end; slot++, edge++)
            {
                if (!layout.IsKept(slot))
                    yield return elements[edge];
            }
        }
    }

    public void Dispose()
    {
        cells.Dispose();
        rows.Dispose();
        runs.Dispose();
        rowsByColumn.Dispose();
        columnsByRow.Dispose();
    }

    private static int BandOf(double density)
    {
        // a partition that is pruned a little has bands as narrow as before
        double bands = Math.Ceiling(EdgesPerRun / Math.Max(density, 1e-9) / NarrowestBand - 0.2);
        return NarrowestBand * (int)Math.Clamp(bands, 1, WidestBand / NarrowestBand);
    }

    private int RowOf(int i) => layout.Block(single[i]).Rows[0];

    private void PlaceRows()
    {
        uint* features = Rows;
        int* starts = RowStarts;
        for (int i = 0; i < RowCount; i++)
            features[i] = checked((uint)RowOf(i) * Panel.Width);
        for (int band = 0, row = 0; band <= RowBandCount; band++)
        {
            while (row < RowCount && RowOf(row) < band * BandWidth)
                row++;
            starts[band] = row;
        }
    }

    /// <summary>Counts the rows and columns that have edges, over all cells.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private long CountRuns()
    {
        long count = 0;
        var lastBand = new int[layout.InputCount];
        for (int i = 0; i < RowCount; i++)
        {
            int rowBand = RowOf(i) / BandWidth + 1;
            int end = 0;
            foreach (int column in layout.Block(single[i]).Columns)
            {
                if (column >= end)
                {
                    count++;
                    end = (column / BandWidth + 1) * BandWidth;
                }

                if (lastBand[column] < rowBand)
                {
                    count++;
                    lastBand[column] = rowBand;
                }
            }
        }

        return count;
    }

    private void Place(int firstWeight)
    {
        var writer = new CellWriter(layout, single, elements, BandWidth);
        var nextRun = (EdgeRun*)runs.Floats;
        var nextRow = (ushort*)rowsByColumn.Floats;
        var nextEdge = (IndexedEdge*)columnsByRow.Floats;
        CpuCell* all = All;
        int* starts = RowStarts;
        for (int t = 0; t < RowBandCount * ColumnBandCount; t++)
        {
            (int rowBand, int columnBand) = Math.DivRem(t, ColumnBandCount);
            ref CpuCell cell = ref all[t];
            cell.FirstWeight = firstWeight;
            cell.FirstRow = (uint)(rowBand * BandWidth * Panel.Width);
            cell.FirstColumn = (uint)(columnBand * BandWidth * Panel.Width);
            cell.Columns = nextRun;
            cell.RowsByColumn = nextRow;
            cell.ColumnsByRow = nextEdge;
            writer.Write(ref cell, starts[rowBand], starts[rowBand + 1] - starts[rowBand]);
            nextRun = cell.Rows + cell.RowCount;
            nextRow += cell.EdgeCount;
            nextEdge += cell.EdgeCount;
            firstWeight += cell.EdgeCount;
        }
    }
}
