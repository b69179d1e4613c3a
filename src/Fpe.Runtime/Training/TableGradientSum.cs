namespace Fpe.Training;

/// <summary>The sum of gradients of a table, each of which has the rows of its batch; kept by the host, which joins the rows.</summary>
internal sealed class TableGradientSum
{
    private readonly Parameter table;
    private readonly int width;
    private readonly int[] rowsOfBatch;
    private readonly double[] gradientOfBatch;
    private readonly int[] rows;
    private readonly double[] sums;
    private readonly int[] places;
    private int count;

    /// <summary>Makes room for the rows of several batches.</summary>
    public TableGradientSum(Parameter table, int batches)
    {
        this.table = table;
        (int vocabulary, width) = ((int)table.Shape[0], (int)table.Shape[1]);
        table.AllocateGradientRows(table.RowsOfBatch, batches);
        rows = new int[table.GradientRows!.Length];
        sums = new double[rows.Length * width];
        rowsOfBatch = new int[rows.Length];
        gradientOfBatch = new double[sums.Length];
        places = new int[vocabulary];
        Array.Fill(places, -1);
    }

    /// <inheritdoc cref="GradientSums.Add"/>
    public void Add(double share, bool isFirst)
    {
        if (isFirst)
            Clear();
        table.GradientRows!.Read(rowsOfBatch);
        table.Gradient.Read(gradientOfBatch);
        for (int r = 0; r < rowsOfBatch.Length && rowsOfBatch[r] >= 0; r++)
        {
            ref int place = ref places[rowsOfBatch[r]];
            if (place < 0)
                rows[place = count++] = rowsOfBatch[r];
            for (int i = 0; i < width; i++)
                sums[(place * width) + i] += share * gradientOfBatch[(r * width) + i];
        }
    }

    /// <summary>Replaces the gradient of the table by the sum.</summary>
    public void WriteGradient()
    {
        rows.AsSpan(count).Fill(-1);
        table.GradientRows!.Write(rows);
        table.Gradient.Write(sums);
    }

    private void Clear()
    {
        foreach (int row in rows.AsSpan(0, count))
            places[row] = -1;
        Array.Clear(sums);
        count = 0;
    }
}
