namespace Fpe.Compute.Cpu;

/// <summary>Collects the edges of a tile, then writes them in the orders kernels read.</summary>
internal sealed unsafe class TilePlan
{
    private readonly List<(int Row, int Column, int Slot)> edges = [];

    /// <summary>Rows and columns that have edges, together.</summary>
    public long RunCount => edges.Select(edge => edge.Row).Distinct().Count() + edges.Select(edge => edge.Column).Distinct().Count();

    public void Add(int row, int column, int slot) => edges.Add((row, column, slot));

    /// <summary>Writes the edges by column, and where their weights are.</summary>
    public void WriteColumns(ref CpuTile tile, int[] elements)
    {
        foreach (var run in edges.GroupBy(edge => edge.Column).OrderByDescending(run => run.Count()).ThenBy(run => run.Key))
        {
            tile.Columns[tile.ColumnCount++] = new EdgeRun((uint)(run.Key * Panel.Width), run.Count());
            foreach ((int row, _, int slot) in run.OrderBy(edge => edge.Row))
            {
                elements[slot] = tile.FirstWeight + tile.EdgeCount;
                tile.RowsByColumn[tile.EdgeCount++] = (ushort)(row * Panel.Width - tile.FirstRow);
            }
        }
    }

    /// <summary>Writes the edges by row.</summary>
    public void WriteRows(ref CpuTile tile, int[] elements)
    {
        IndexedEdge* next = tile.ColumnsByRow;
        foreach (var run in edges.GroupBy(edge => edge.Row).OrderByDescending(run => run.Count()).ThenBy(run => run.Key))
        {
            tile.Rows[tile.RowCount++] = new EdgeRun((uint)(run.Key * Panel.Width), run.Count());
            foreach ((_, int column, int slot) in run.OrderBy(edge => edge.Column))
                *next++ = new IndexedEdge((ushort)(column * Panel.Width - tile.FirstColumn), (ushort)(elements[slot] - tile.FirstWeight));
        }
    }
}
