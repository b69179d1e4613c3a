namespace Fpe.Compute.Cpu;

/// <summary>Filters that read the same columns of their windows. Weights are stored row by row.</summary>
/// <param name="rows">The filters.</param>
/// <param name="rowCount">Number of filters.</param>
/// <param name="columns">
/// The columns that they read, ascending: (channel · kernel + i) · kernel + j for row i and column j of the window.
/// </param>
/// <param name="columnCount">Weights of each filter.</param>
/// <param name="firstWeight">Index of the first weight in a buffer over the edges.</param>
internal readonly unsafe struct FilterBlock(int* rows, int rowCount, int* columns, int columnCount, int firstWeight)
{
    public int* Rows => rows;

    public int RowCount => rowCount;

    public int* Columns => columns;

    public int ColumnCount => columnCount;

    public int FirstWeight => firstWeight;
}
