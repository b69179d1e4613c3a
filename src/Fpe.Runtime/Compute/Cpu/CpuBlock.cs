namespace Fpe.Compute.Cpu;

/// <summary>
/// A dense block of a layer as kernels use it. Weights are stored in groups of up to <see cref="GroupHeight"/> rows, each column by column:
/// [rows / 16][columns][rows of the group].
/// </summary>
/// <param name="rows">Offsets of the block's outputs in a panel, in floats: their indices times <see cref="Panel.Width"/>.</param>
/// <param name="rowCount">Number of outputs.</param>
/// <param name="columns">Offsets of the block's inputs in a panel, in floats.</param>
/// <param name="columnCount">Number of inputs.</param>
/// <param name="firstWeight">Index of the first weight in a buffer over the edges.</param>
internal readonly unsafe struct CpuBlock(uint* rows, int rowCount, uint* columns, int columnCount, int firstWeight)
{
    /// <summary>Number of rows whose weights for one input are adjacent; the last group of a block may have fewer.</summary>
    public const int GroupHeight = 16;

    public uint* Rows => rows;

    public int RowCount => rowCount;

    public uint* Columns => columns;

    public int ColumnCount => columnCount;

    /// <summary>Returns the number of rows of the group that starts at a row.</summary>
    public int HeightAt(int firstRow) => Math.Min(GroupHeight, rowCount - firstRow);

    /// <summary>Returns the number of rows of the group that contains a row, which is the stride of the row's weights.</summary>
    public int HeightOf(int row) => HeightAt(row - row % GroupHeight);

    /// <summary>Returns the weights of the group that starts at a row: [columns][<see cref="HeightAt"/>].</summary>
    public float* Group(float* weights, int firstRow) => weights + firstWeight + (nint)firstRow * columnCount;

    /// <summary>
    /// Returns the index of a row's first weight in a buffer over the edges; the others follow with stride <see cref="HeightOf"/>.
    /// </summary>
    public int FirstOf(int row)
    {
        int firstRow = row - row % GroupHeight;
        return firstWeight + firstRow * columnCount + row % GroupHeight;
    }
}
