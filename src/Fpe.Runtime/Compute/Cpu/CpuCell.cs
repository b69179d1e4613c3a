namespace Fpe.Compute.Cpu;

/// <summary>
/// A cell of a <see cref="CpuGrid"/>: the edges of one band of rows and one band of columns, indexed both by column and by row. Weights are
/// stored by column; runs of equal length are adjacent, so that branch prediction knows where a run ends.
/// </summary>
internal unsafe struct CpuCell
{
    /// <summary>Index of the cell's first weight in a buffer over the edges.</summary>
    public int FirstWeight;

    /// <summary>Number of edges.</summary>
    public int EdgeCount;

    /// <summary>Offsets of row 0 and column 0 of the cell in a panel, in floats.</summary>
    public uint FirstRow, FirstColumn;

    /// <summary>The columns that have edges.</summary>
    public EdgeRun* Columns;

    /// <summary>Number of <see cref="Columns"/>.</summary>
    public int ColumnCount;

    /// <summary>The rows that have edges.</summary>
    public EdgeRun* Rows;

    /// <summary>Number of <see cref="Rows"/>.</summary>
    public int RowCount;

    /// <summary>Column by column, the offset of each edge's row in a panel, relative to row 0 of the cell.</summary>
    public ushort* RowsByColumn;

    /// <summary>
    /// Row by row, the offset of each edge's column in a panel, relative to column 0 of the cell, and the index of its weight in the cell.
    /// </summary>
    public IndexedEdge* ColumnsByRow;
}

/// <summary>A run of edges: those of one row or one column of a cell.</summary>
/// <param name="Feature">Offset of the row or column in a panel, in floats.</param>
/// <param name="Count">Number of edges.</param>
internal readonly record struct EdgeRun(uint Feature, int Count);

/// <summary>An edge in the order of rows.</summary>
/// <param name="Offset">Offset of its input in a panel, in floats from column 0 of the cell.</param>
/// <param name="Weight">Index of its weight, from the cell's first.</param>
internal readonly record struct IndexedEdge(ushort Offset, ushort Weight);
