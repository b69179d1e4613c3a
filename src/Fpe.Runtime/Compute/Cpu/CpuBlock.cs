namespace Fpe.Compute.Cpu;

/// <summary>
/// A dense piece of a layer as kernels see it. Its weights lie in groups of up to <see cref="GroupHeight"/> rows, each column
/// by column: [rows / 16][columns][rows of the group].
/// </summary>
/// <param name="rows">Outputs of the block.</param>
/// <param name="rowCount">Number of outputs.</param>
/// <param name="columns">Inputs of the block.</param>
/// <param name="columnCount">Number of inputs.</param>
/// <param name="firstWeight">Element of the first weight in a buffer over the edges.</param>
internal readonly unsafe struct CpuBlock(int* rows, int rowCount, int* columns, int columnCount, int firstWeight)
{
    /// <summary>Rows whose weights for one input lie together; the last group of a block has what is left.</summary>
    public const int GroupHeight = 16;

    public int* Rows => rows;

    public int RowCount => rowCount;

    public int* Columns => columns;

    public int ColumnCount => columnCount;

    /// <summary>Rows of the group that starts at a row.</summary>
    public int HeightAt(int firstRow) => Math.Min(GroupHeight, rowCount - firstRow);

    /// <summary>Where the group that starts at a row has its weights: [columns][<see cref="HeightAt"/>].</summary>
    public float* Group(float* weights, int firstRow) => weights + firstWeight + (nint)firstRow * columnCount;

    /// <summary>Element of a weight in a buffer over the edges.</summary>
    public int IndexOf(int row, int column)
    {
        int firstRow = row - row % GroupHeight;
        return firstWeight + firstRow * columnCount + column * HeightAt(firstRow) + row % GroupHeight;
    }
}
