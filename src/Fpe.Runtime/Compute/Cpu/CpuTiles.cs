using System.Runtime.CompilerServices;

namespace Fpe.Compute.Cpu;

/// <summary>
/// Blocks of one row, cut into tiles of a band of rows × a band of columns. The lanes of a band stay in the first-level cache
/// while the edges of a tile read them in any order, and a tile's weights and index data are few enough to stay there too.
/// </summary>
/// <remarks>
/// Weights lie by column: in the partitions of neurons that have not been pruned, one child of each neuron reads an input, so
/// that the columns of a tile all have as many edges as there are neurons in its rows. Both gradients then have inner loops of
/// constant length over weights that follow each other; only the forward pass, which goes by row, needs to look weights up.
/// </remarks>
internal sealed unsafe class CpuTiles : IDisposable
{
    private const int NarrowestBand = 64;

    /// <summary>Rows × columns of a tile fit a 16-bit number.</summary>
    public const int WidestBand = 256;

    /// <summary>Edges that a row or column of a tile should have, or its sums are loaded and stored too often.</summary>
    private const int EdgesPerRun = 16;

    private readonly EdgeLayout layout;
    private readonly int[] single;
    private readonly int[] elements;
    private readonly AlignedMemory tiles;
    private readonly AlignedMemory rows;
    private readonly AlignedMemory runs;
    private readonly AlignedMemory rowsByColumn;
    private readonly AlignedMemory columnsByRow;

    /// <summary>Makes the tiles.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="single">Its blocks of one row, by row.</param>
    /// <param name="firstWeight">Element of the first weight in a buffer over the edges.</param>
    public CpuTiles(EdgeLayout layout, int[] single, int firstWeight)
    {
        (this.layout, this.single) = (layout, single);
        elements = new int[single.Sum(b => layout.Block(b).SlotCount)];
        BandWidth = BandOf((double)elements.Length / Math.Max(1, (long)single.Length * layout.InputCount));
        RowBandCount = single.Length == 0 ? 0 : (layout.OutputCount + BandWidth - 1) / BandWidth;
        ColumnBandCount = (layout.InputCount + BandWidth - 1) / BandWidth;
        RowCount = single.Length;
        rows = new AlignedMemory(sizeof(int) * (single.Length + RowBandCount + 1L));
        PlaceRows();

        tiles = new AlignedMemory(sizeof(CpuTile) * (long)RowBandCount * ColumnBandCount);
        rowsByColumn = new AlignedMemory(sizeof(ushort) * (long)elements.Length);
        columnsByRow = new AlignedMemory(sizeof(IndexedEdge) * (long)elements.Length);
        runs = new AlignedMemory(sizeof(EdgeRun) * CountRuns());
        Place(firstWeight);
    }

    /// <summary>Rows of a band of rows, columns of a band of columns.</summary>
    public int BandWidth { get; }

    /// <summary>Bands of rows: those of all outputs of the layer.</summary>
    public int RowBandCount { get; }

    /// <summary>Bands of columns.</summary>
    public int ColumnBandCount { get; }

    /// <summary>The tiles: [<see cref="RowBandCount"/>, <see cref="ColumnBandCount"/>].</summary>
    public CpuTile* All => (CpuTile*)tiles.Floats;

    /// <summary>Number of <see cref="Rows"/>.</summary>
    public int RowCount { get; }

    /// <summary>Where the rows in tiles lie in a panel, in floats; ascending.</summary>
    public uint* Rows => (uint*)rows.Integers;

    /// <summary>Where each band of rows starts in <see cref="Rows"/>, and where the last ends.</summary>
    public int* RowStarts => rows.Integers + RowCount;

    /// <summary>Bytes of index data.</summary>
    public long IndexBytes =>
        tiles.Size + rows.Size + runs.Size + rowsByColumn.Size + columnsByRow.Size + sizeof(int) * (long)(single.Length + elements.Length);

    /// <summary>Stores one value per slot of the layout; those of other blocks are passed over.</summary>
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

    /// <summary>Reads one value per slot of the layout; those of other blocks are passed over.</summary>
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

    /// <summary>Elements of a buffer over the edges that belong to no edge.</summary>
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
        tiles.Dispose();
        rows.Dispose();
        runs.Dispose();
        rowsByColumn.Dispose();
        columnsByRow.Dispose();
    }

    private static int BandOf(double density)
    {
        double bands = Math.Ceiling(EdgesPerRun / Math.Max(density, 1e-9) / NarrowestBand - 0.01);
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

    /// <summary>Rows and columns that have edges, of all tiles.</summary>
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
        var plan = new TilePlan(layout, single, elements, BandWidth);
        var nextRun = (EdgeRun*)runs.Floats;
        var nextRow = (ushort*)rowsByColumn.Floats;
        var nextEdge = (IndexedEdge*)columnsByRow.Floats;
        CpuTile* all = All;
        int* starts = RowStarts;
        for (int t = 0; t < RowBandCount * ColumnBandCount; t++)
        {
            (int rowBand, int columnBand) = Math.DivRem(t, ColumnBandCount);
            ref CpuTile tile = ref all[t];
            tile.FirstWeight = firstWeight;
            tile.FirstRow = (uint)(rowBand * BandWidth * Panel.Width);
            tile.FirstColumn = (uint)(columnBand * BandWidth * Panel.Width);
            tile.Columns = nextRun;
            tile.RowsByColumn = nextRow;
            tile.ColumnsByRow = nextEdge;
            plan.Write(ref tile, starts[rowBand], starts[rowBand + 1] - starts[rowBand]);
            nextRun = tile.Rows + tile.RowCount;
            nextRow += tile.EdgeCount;
            nextEdge += tile.EdgeCount;
            firstWeight += tile.EdgeCount;
        }
    }
}
