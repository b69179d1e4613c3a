using System.Runtime.CompilerServices;

namespace Fpe.Compute.Cpu;

/// <summary>
/// Writes the edges of tiles in the orders kernels read. The tiles of a band of rows come from left to right, so that the edges of a
/// tile are the next ones of its rows.
/// </summary>
/// <param name="layout">The layout.</param>
/// <param name="single">Its blocks of one row, by row.</param>
/// <param name="elements">Receives the element of each edge of these rows in a buffer over the edges.</param>
/// <param name="bandWidth">Rows and columns of a tile.</param>
internal sealed unsafe class TilePlan(EdgeLayout layout, int[] single, int[] elements, int bandWidth)
{
    private const int IndexBits = 16;

    private readonly int[] next = new int[single.Length];
    private readonly int[] firstEdges = FirstEdges(layout, single);
    private readonly int[] rowCounts = new int[bandWidth];
    private readonly int[] columnCounts = new int[bandWidth];
    private readonly int[] order = new int[bandWidth];

    /// <summary>Writes a tile.</summary>
    /// <param name="tile">The tile; it says already where it is, and where to write, except its rows.</param>
    /// <param name="first">The first of its rows in the list of single rows.</param>
    /// <param name="count">Number of its rows.</param>
    public void Write(ref CpuTile tile, int first, int count)
    {
        Count(ref tile, first, count);
        WriteColumns(ref tile, first, count);
        tile.Rows = tile.Columns + tile.ColumnCount;
        WriteRows(ref tile, first, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Count(ref CpuTile tile, int first, int count)
    {
        Array.Clear(columnCounts);
        int firstColumn = (int)(tile.FirstColumn / Panel.Width);
        for (int r = 0; r < count; r++)
        {
            ReadOnlySpan<int> columns = layout.Block(single[first + r]).Columns;
            int edge = next[first + r];
            while (edge < columns.Length && columns[edge] - firstColumn < bandWidth)
                columnCounts[columns[edge++] - firstColumn]++;
            rowCounts[r] = edge - next[first + r];
            tile.EdgeCount += rowCounts[r];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteColumns(ref CpuTile tile, int first, int count)
    {
        int firstColumn = (int)(tile.FirstColumn / Panel.Width);
        int place = 0;
        foreach (int key in LongestFirst(columnCounts))
        {
            int column = (ushort)key;
            int length = columnCounts[column];
            tile.Columns[tile.ColumnCount++] = new EdgeRun((uint)((firstColumn + column) * Panel.Width), length);
            columnCounts[column] = place;
            place += length;
        }

        for (int r = 0; r < count; r++)
        {
            EdgeBlock block = layout.Block(single[first + r]);
            var row = (ushort)(block.Rows[0] * Panel.Width - tile.FirstRow);
            int edge = next[first + r];
            Span<int> own = elements.AsSpan(firstEdges[first + r] + edge, rowCounts[r]);
            for (int e = 0; e < own.Length; e++)
            {
                place = columnCounts[block.Columns[edge + e] - firstColumn]++;
                tile.RowsByColumn[place] = row;
                own[e] = tile.FirstWeight + place;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteRows(ref CpuTile tile, int first, int count)
    {
        IndexedEdge* target = tile.ColumnsByRow;
        foreach (int key in LongestFirst(rowCounts.AsSpan(0, count)))
        {
            int r = (ushort)key;
            EdgeBlock block = layout.Block(single[first + r]);
            tile.Rows[tile.RowCount++] = new EdgeRun((uint)(block.Rows[0] * Panel.Width), rowCounts[r]);
            int edge = next[first + r];
            Span<int> own = elements.AsSpan(firstEdges[first + r] + edge, rowCounts[r]);
            for (int e = 0; e < own.Length; e++)
                *target++ = new IndexedEdge((ushort)(block.Columns[edge + e] * Panel.Width - tile.FirstColumn), (ushort)(own[e] - tile.FirstWeight));
            next[first + r] += own.Length;
        }
    }

    /// <summary>The rows or columns that have edges, those with most first; their numbers are the low bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Span<int> LongestFirst(ReadOnlySpan<int> counts)
    {
        int length = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            if (counts[i] > 0)
                order[length++] = ((CpuTiles.WidestBand - counts[i]) << IndexBits) | i;
        }

        Span<int> found = order.AsSpan(0, length);
        found.Sort();
        return found;
    }

    private static int[] FirstEdges(EdgeLayout layout, int[] single)
    {
        var first = new int[single.Length];
        for (int i = 1; i < first.Length; i++)
            first[i] = first[i - 1] + layout.Block(single[i - 1]).SlotCount;
        return first;
    }
}
