namespace Fpe.Interference;

/// <summary>Cosine similarities of neurons that have few inputs in common: each row meets only the rows it shares a column with.</summary>
internal static class SparseCosines
{
    /// <summary>Σ_{r &lt; s} |u_r · u_s|. The same bits whatever the number of threads.</summary>
    public static double AbsoluteSum(UnitRows rows)
    {
        (int[] starts, int[] rowOf, double[] values) = ByColumn(rows);
        var sums = new double[rows.Count];
        Parallel.For(
            0,
            rows.Count,
            () => new double[rows.Count],
            (r, _, products) =>
            {
                sums[r] = AbsoluteSumOfLater(rows, r, starts, rowOf, values, products);
                return products;
            },
            _ => { });
        return sums.Sum();
    }

    /// <summary>Σ_{s &gt; r} |u_r · u_s|; leaves <paramref name="products"/> all zero, as it was.</summary>
    private static double AbsoluteSumOfLater(UnitRows rows, int r, int[] starts, int[] rowOf, double[] values, double[] products)
    {
        ReadOnlySpan<int> columns = rows.Columns(r);
        ReadOnlySpan<double> own = rows.Values(r);
        for (int i = 0; i < columns.Length; i++)
        {
            (int start, int end) = (starts[columns[i]], starts[columns[i] + 1]);
            int later = Array.BinarySearch(rowOf, start, end - start, r) + 1;
            for (int e = later; e < end; e++)
                products[rowOf[e]] += own[i] * values[e];
        }

        double sum = 0;
        for (int s = r + 1; s < products.Length; s++)
            sum += Math.Abs(products[s]);
        Array.Clear(products);
        return sum;
    }

    /// <summary>The values column by column, with their rows ascending (compressed sparse columns).</summary>
    private static (int[] Starts, int[] RowOf, double[] Values) ByColumn(UnitRows rows)
    {
        var starts = new int[rows.Width + 1];
        for (int r = 0; r < rows.Count; r++)
        {
            foreach (int column in rows.Columns(r))
                starts[column + 1]++;
        }

        for (int column = 0; column < rows.Width; column++)
            starts[column + 1] += starts[column];

        int[] next = starts[..^1];
        var rowOf = new int[rows.NonZeroCount];
        var values = new double[rows.NonZeroCount];
        for (int r = 0; r < rows.Count; r++)
        {
            ReadOnlySpan<int> columns = rows.Columns(r);
            for (int i = 0; i < columns.Length; i++)
            {
                int e = next[columns[i]]++;
                (rowOf[e], values[e]) = (r, rows.Values(r)[i]);
            }
        }

        return (starts, rowOf, values);
    }
}
