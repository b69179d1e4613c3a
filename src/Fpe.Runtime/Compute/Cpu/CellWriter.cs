using System.Runtime.CompilerServices;

namespace Fpe.Compute.Cpu;

/// <summary>
/// Writes the edges of cells in the orders in which kernels read them. The cells of a band of rows are written from left to right, so the
/// edges of a cell are the next ones of its rows.
/// </summary>
/// <param name="layout">The layout.</param>
/// <param name="single">The indices of its blocks of one row, ordered by row.</param>
/// <param name="elements">Receives the index of each edge of these rows in a buffer over the edges.</param>
/// <param name="bandWidth">Number of rows, and of columns, of a cell.</param>
internal sealed unsafe class CellWriter(EdgeLayout layout, int[] single, int[] elements, int bandWidth)
{
    private const int IndexBits = 16;

    private readonly int[] next = new int[single.Length];
    private readonly int[] firstEdges = FirstEdges(layout, single);
    private readonly int[] rowCounts = new int[bandWidth];
    private readonly int[] columnCounts = new int[bandWidth];
    private readonly int[] order = new int[bandWidth];

    /// <summary>Writes a cell.</summary>
    /// <param name="cell">The cell; its position and the memory to write to are already set, except for its rows.</param>
    /// <param name="first">Index of its first row in the list of single rows.</param>
    /// <param name="count">Number of its rows.</param>
    public void Write(ref CpuCell cell, int first, int count)
    {
        Count(ref cell, first, count);
        WriteColumns(ref cell, first, count);
        cell.Rows = cell.Columns + cell.ColumnCount;
        WriteRows(ref cell, first, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Count(ref CpuCell cell, int first, int count)
    {
        Array.Clear(columnCounts);
        int firstColumn = (int)(cell.FirstColumn / Panel.Width);
        for (int r = 0; r < count; r++)
        {
            ReadOnlySpan<int> columns = layout.Block(single[first + r]).Columns;
            int edge = next[first + r];
            while (edge < columns.Length && columns[edge] - firstColumn < bandWidth)
                columnCounts[columns[edge++] - firstColumn]++;
            rowCounts[r] = edge - next[first + r];
            cell.EdgeCount += rowCounts[r];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteColumns(ref CpuCell cell, int first, int count)
    {
        int firstColumn = (int)(cell.FirstColumn / Panel.Width);
        int place = 0;
        foreach (int key in LongestFirst(columnCounts))
        {
            int column = (ushort)key;
            int length = columnCounts[column];
            cell.Columns[cell.ColumnCount++] = new EdgeRun((uint)((firstColumn + column) * Panel.Width), length);
            columnCounts[column] = place;
            place += length;
        }

        for (int r = 0; r < count; r++)
        {
            EdgeBlock block = layout.Block(single[first + r]);
            var row = (ushort)(block.Rows[0] * Panel.Width - cell.FirstRow);
            int edge = next[first + r];
            Span<int> own = elements.AsSpan(firstEdges[first + r] + edge, rowCounts[r]);
            for (int e = 0; e < own.Length; e++)
            {
                place = columnCounts[block.Columns[edge + e] - firstColumn]++;
                cell.RowsByColumn[place] = row;
                own[e] = cell.FirstWeight + place;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteRows(ref CpuCell cell, int first, int count)
    {
        IndexedEdge* target = cell.ColumnsByRow;
        foreach (int key in LongestFirst(rowCounts.AsSpan(0, count)))
        {
            int r = (ushort)key;
            EdgeBlock block = layout.Block(single[first + r]);
            cell.Rows[cell.RowCount++] = new EdgeRun((uint)(block.Rows[0] * Panel.Width), rowCounts[r]);
            int edge = next[first + r];
            Span<int> own = elements.AsSpan(firstEdges[first + r] + edge, rowCounts[r]);
            for (int e = 0; e < own.Length; e++)
                *target++ = new IndexedEdge((ushort)(block.Columns[edge + e] * Panel.Width - cell.FirstColumn), (ushort)(own[e] - cell.FirstWeight));
            next[first + r] += own.Length;
        }
    }

    /// <summary>Sorts the rows or columns that have edges by descending number of edges; the low bits are their indices.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Span<int> LongestFirst(ReadOnlySpan<int> counts)
    {
        int length = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            if (counts[i] > 0)
                order[length++] = ((CpuGrid.WidestBand - counts[i]) << IndexBits) | i;
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
