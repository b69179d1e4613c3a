namespace Fpe.Training;

/// <summary>The sum of gradients of a table, each of which has the rows of its batch; kept by the host, which joins the rows.</summary>
internal sealed class TableGradientSum
{
    private readonly RowGradient gradient;
    private readonly RowSums sums;

    /// <summary>Makes room for the rows of several batches.</summary>
    public TableGradientSum(Parameter table, int batches)
    {
        table.AllocateGradientRows(table.RowsOfBatch, batches);
        gradient = new RowGradient(table.GradientRows!, table.Gradient);
        sums = new RowSums(new int[(int)table.Shape[0]], (int)table.Shape[1], isSingle: false);
    }

    /// <inheritdoc cref="GradientSums.Add"/>
    public void Add(double share, bool isFirst)
    {
        if (isFirst)
            sums.Clear();
        gradient.AddTo(sums, share);
    }

    /// <summary>Replaces the gradient of the table by the sum.</summary>
    public void WriteGradient() => gradient.Write(sums);
}
