namespace Fpe.Compute.Cpu;

/// <summary>
/// A dense piece of a layer as kernels see it. Its weights lie in groups of up to <see cref="GroupHeight"/> rows, each column
/// by column: [rows / 16][columns][rows of the group].
/// </summary>
/// <param name="rows">Where the outputs of the block lie in a panel, in floats: their numbers times <see cref="Panel.Width"/>.</param>
/// <param name="rowCount">Number of outputs.</param>
/// <param name="columns">Where the inputs of the block lie in a panel, in floats.</param>
/// <param name="columnCount">Number of inputs.</param>
/// <param name="firstWeight">Element of the first weight in a buffer over the edges.</param>
internal readonly unsafe struct CpuBlock(uint* rows, int rowCount, uint* columns, int columnCount, int firstWeight)
{
    /// <summary>Rows whose weights for one input lie together; the last group of a block has what is left.</summary>
    public const int GroupHeight = 16;

    public uint* Rows => rows;

    public int RowCount => rowCount;

    public uint* Columns => columns;

    public int ColumnCount => columnCount;

    /// <summary>Rows of the group that starts at a row.</summary>
    public int HeightAt(int firstRow) => Math.Min(GroupHeight, rowCount - firstRow);

    /// <summary>Rows of the group that a row is in: how far the row's weights are apart.</summary>
    public int HeightOf(int row) => HeightAt(row - row % GroupHeight);

    /// <summary>Where the group that starts at a row has its weights: [columns][<see cref="HeightAt"/>].</summary>
    public float* Group(float* weights, int firstRow) => weights + firstWeight + (nint)firstRow * columnCount;

    /// <summary>Element of a row's first weight in a buffer over the edges; the others follow <see cref="HeightOf"/> apart.</summary>
    public int FirstOf(int row)
    {
        int firstRow = row - row % GroupHeight;
        return firstWeight + firstRow * columnCount + row % GroupHeight;
    }
}
