using Fpe.Compute;

namespace Fpe.Interference;

/// <summary>
/// The neurons of a layer as vectors of norm 1, except those whose weights are all 0, stored as compressed sparse rows with ascending
/// columns.
/// </summary>
internal sealed class UnitRows
{
    private readonly int[] starts;
    private readonly int[] columns;
    private readonly double[] values;

    private UnitRows(int width, int[] starts, int[] columns, double[] values)
    {
        Width = width;
        this.starts = starts;
        this.columns = columns;
        this.values = values;
    }

    /// <summary>Number of vectors.</summary>
    public int Count => starts.Length - 1;

    /// <summary>Dimension of the vectors.</summary>
    public int Width { get; }

    /// <summary>Returns the columns of the non-zero values of a row.</summary>
    public ReadOnlySpan<int> Columns(int row) => columns.AsSpan(starts[row]..starts[row + 1]);

    /// <summary>Returns the non-zero values of a row.</summary>
    public ReadOnlySpan<double> Values(int row) => values.AsSpan(starts[row]..starts[row + 1]);

    /// <summary>Normalises the rows of a layer.</summary>
    /// <param name="layout">The edges of the layer.</param>
    /// <param name="slotWeights">One weight per slot of <paramref name="layout"/>; 0 at holes.</param>
    public static UnitRows Of(EdgeLayout layout, ReadOnlySpan<double> slotWeights)
    {
        ArgumentNullException.ThrowIfNull(layout);
        var rows = new LayoutRows(layout);
        var starts = new List<int>(layout.OutputCount + 1) { 0 };
        var columns = new int[layout.EdgeCount];
        var values = new double[layout.EdgeCount];
        int next = 0;
        for (int row = 0; row < layout.OutputCount; row++)
        {
            ReadOnlySpan<int> rowColumns = rows.Columns(row);
            ReadOnlySpan<double> weights = slotWeights.Slice(rows.FirstSlot(row), rowColumns.Length);
            double norm = Norm(weights);
            if (norm == 0)
                continue;
            for (int i = 0; i < weights.Length; i++)
            {
                if (weights[i] == 0)
                    continue;
                columns[next] = rowColumns[i];
                values[next] = weights[i] / norm;
                next++;
            }

            starts.Add(next);
        }

        return new UnitRows(layout.InputCount, [.. starts], columns, values);
    }

    private static double Norm(ReadOnlySpan<double> values)
    {
        double squares = 0;
        foreach (double value in values)
            squares += value * value;
        return Math.Sqrt(squares);
    }
}
