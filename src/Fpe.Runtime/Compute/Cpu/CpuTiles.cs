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

    private readonly AlignedMemory tiles;
    private readonly AlignedMemory rows;
    private readonly AlignedMemory runs;
    private readonly AlignedMemory rowsByColumn;
    private readonly AlignedMemory columnsByRow;

    /// <summary>Makes the tiles.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="single">Its blocks of one row.</param>
    /// <param name="firstWeight">Element of the first weight in a buffer over the edges.</param>
    /// <param name="elements">Receives the element of each of the blocks' slots.</param>
    public CpuTiles(EdgeLayout layout, int[] single, int firstWeight, int[] elements)
    {
        long edges = single.Sum(b => (long)layout.Block(b).SlotCount);
        BandWidth = BandOf((double)edges / Math.Max(1, (long)single.Length * layout.InputCount));
        RowBandCount = single.Length == 0 ? 0 : (layout.OutputCount + BandWidth - 1) / BandWidth;
        ColumnBandCount = (layout.InputCount + BandWidth - 1) / BandWidth;
        RowCount = single.Length;
        rows = new AlignedMemory(sizeof(int) * (single.Length + RowBandCount + 1L));
        PlaceRows([.. single.Select(b => layout.Block(b).Rows[0]).Order()]);

        var parts = new TilePlan[(long)RowBandCount * ColumnBandCount];
        foreach (int b in single)
        {
            EdgeBlock block = layout.Block(b);
            for (int i = 0; i < block.Columns.Length; i++)
            {
                ref TilePlan? part = ref parts[block.Rows[0] / BandWidth * ColumnBandCount + block.Columns[i] / BandWidth]!;
                (part ??= new TilePlan()).Add(block.Rows[0], block.Columns[i], block.FirstSlot + i);
            }
        }

        tiles = new AlignedMemory(sizeof(CpuTile) * (long)parts.Length);
        rowsByColumn = new AlignedMemory(sizeof(ushort) * edges);
        columnsByRow = new AlignedMemory(sizeof(IndexedEdge) * edges);
        runs = new AlignedMemory(sizeof(EdgeRun) * parts.Sum(part => part is null ? 0L : part.RunCount));
        Place(parts, firstWeight, elements);
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
    public long IndexBytes => tiles.Size + rows.Size + runs.Size + rowsByColumn.Size + columnsByRow.Size;

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

    private void PlaceRows(int[] ascending)
    {
        for (int i = 0; i < RowCount; i++)
            Rows[i] = checked((uint)ascending[i] * Panel.Width);
        for (int band = 0, row = 0; band <= RowBandCount; band++)
        {
            while (row < RowCount && ascending[row] < band * BandWidth)
                row++;
            RowStarts[band] = row;
        }
    }

    private void Place(TilePlan?[] parts, int firstWeight, int[] elements)
    {
        var nextRun = (EdgeRun*)runs.Floats;
        var nextRow = (ushort*)rowsByColumn.Floats;
        var nextEdge = (IndexedEdge*)columnsByRow.Floats;
        for (int t = 0; t < parts.Length; t++)
        {
            ref CpuTile tile = ref All[t];
            tile.FirstWeight = firstWeight;
            tile.FirstRow = (uint)(t / ColumnBandCount * BandWidth * Panel.Width);
            tile.FirstColumn = (uint)(t % ColumnBandCount * BandWidth * Panel.Width);
            if (parts[t] is not { } part)
                continue;
            tile.Columns = nextRun;
            tile.RowsByColumn = nextRow;
            tile.ColumnsByRow = nextEdge;
            part.WriteColumns(ref tile, elements);
            tile.Rows = nextRun + tile.ColumnCount;
            part.WriteRows(ref tile, elements);
            nextRun = tile.Rows + tile.RowCount;
            nextRow += tile.EdgeCount;
            nextEdge += tile.EdgeCount;
            firstWeight += tile.EdgeCount;
        }
    }
}
