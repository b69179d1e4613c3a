namespace Fpe.Compute.Cpu;

/// <summary>
/// The edges of one band of rows and one band of columns, by column and again by row. Their weights lie by column; runs of
/// equal length lie together, so that the processor foresees where a run ends.
/// </summary>
internal unsafe struct CpuTile
{
    /// <summary>Element of the tile's first weight in a buffer over the edges.</summary>
    public int FirstWeight;

    /// <summary>Edges of the tile.</summary>
    public int EdgeCount;

    /// <summary>Row 0 and column 0 of the tile in a panel, in floats.</summary>
    public uint FirstRow, FirstColumn;

    /// <summary>Columns that have edges.</summary>
    public EdgeRun* Columns;

    /// <summary>Number of <see cref="Columns"/>.</summary>
    public int ColumnCount;

    /// <summary>Rows that have edges.</summary>
    public EdgeRun* Rows;

    /// <summary>Number of <see cref="Rows"/>.</summary>
    public int RowCount;

    /// <summary>Column by column, where the row of each edge lies in a panel, from row 0 of the tile.</summary>
    public ushort* RowsByColumn;

    /// <summary>Row by row, where the column of each edge lies in a panel, from column 0 of the tile, and which of the tile's weights it has.</summary>
    public IndexedEdge* ColumnsByRow;
}

/// <summary>Edges of one row or of one column of a tile.</summary>
/// <param name="Feature">Where the row or column lies in a panel, in floats.</param>
/// <param name="Count">Its edges.</param>
internal readonly record struct EdgeRun(uint Feature, int Count);

/// <summary>An edge as its row sees it.</summary>
/// <param name="Offset">Where its input lies in a panel, in floats from column 0 of the tile.</param>
/// <param name="Weight">Its weight, from the tile's first.</param>
internal readonly record struct IndexedEdge(ushort Offset, ushort Weight);
