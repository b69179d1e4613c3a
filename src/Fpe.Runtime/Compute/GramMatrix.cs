using System.Numerics;
using Fpe.Compute;

namespace Fpe.Expansion;

/// <summary>The Gram matrix WᵀW of a layer: the inner products w_i · w_j of the columns of its weight matrix.</summary>
public static class GramMatrix
{
    private const int RowsAtOnce = 4;

    /// <summary>Computes WᵀW: [inputs, inputs], row by row.</summary>
    /// <param name="layout">The edges of the layer.</param>
    /// <param name="weights">W: one per slot of <paramref name="layout"/>, 0 at holes.</param>
    /// <exception cref="ArgumentException">The layer has more than 46,340 inputs, so the matrix does not fit into an array.</exception>
    public static double[] OfInputs(EdgeLayout layout, ReadOnlySpan<double> weights)
    {
        ArgumentNullException.ThrowIfNull(layout);
        int inputs = layout.InputCount;
        if (inputs > ExpansionPlan.MaximumFeatureInputs)
            throw new ArgumentException($"The products of all pairs of {inputs} inputs do not fit into an array, which can hold those of {ExpansionPlan.MaximumFeatureInputs} inputs.", nameof(layout));
        var gram = new double[inputs * inputs];
        for (int b = 0; b < layout.BlockCount; b++)
        {
            EdgeBlock block = layout.Block(b);
            ReadOnlySpan<double> values = weights.Slice(block.FirstSlot, block.SlotCount);
            if (block.Rows.Length == 1)
                AddOuterProduct(block.Columns, values, gram, inputs);
            else
                AddUpperTriangle(block.Columns, UpperTriangle(values, block.Rows.Length, block.Columns.Length), gram, inputs);
        }

        MirrorUpperTriangle(gram, inputs);
        return gram;
    }

    private static void AddOuterProduct(ReadOnlySpan<int> columns, ReadOnlySpan<double> row, double[] gram, int inputs)
    {
        for (int i = 0; i < columns.Length; i++)
        {
            Span<double> gramRow = gram.AsSpan(columns[i] * inputs, inputs);
            double value = row[i];
            for (int j = i; j < columns.Length; j++)
                gramRow[columns[j]] += value * row[j];
        }
    }

    private static void AddUpperTriangle(ReadOnlySpan<int> columns, double[] block, double[] gram, int inputs)
    {
        for (int i = 0; i < columns.Length; i++)
        {
            Span<double> gramRow = gram.AsSpan(columns[i] * inputs, inputs);
            ReadOnlySpan<double> blockRow = block.AsSpan(i * columns.Length, columns.Length);
            for (int j = i; j < columns.Length; j++)
                gramRow[columns[j]] += blockRow[j];
        }
    }

    /// <summary>
    /// Computes the upper triangle of WᵀW for a dense W, several rows at once, so that the result is read and written less often.
    /// </summary>
    private static double[] UpperTriangle(ReadOnlySpan<double> weights, int rows, int columns)
    {
        var gram = new double[columns * columns];
        Span<double> padded = new double[RowsAtOnce * columns];
        for (int r = 0; r < rows; r += RowsAtOnce)
        {
            padded.Clear();
            weights[(r * columns)..(Math.Min(r + RowsAtOnce, rows) * columns)].CopyTo(padded);
            for (int i = 0; i < columns; i++)
                AddProducts(padded, columns, i, gram.AsSpan(i * columns, columns));
        }

        return gram;
    }

    /// <summary>sums[j] += Σ_r rows[r, i] · rows[r, j] for j ≥ i.</summary>
    private static void AddProducts(ReadOnlySpan<double> rows, int columns, int i, Span<double> sums)
    {
        ReadOnlySpan<double> row0 = rows[..columns];
        ReadOnlySpan<double> row1 = rows.Slice(columns, columns);
        ReadOnlySpan<double> row2 = rows.Slice(2 * columns, columns);
        ReadOnlySpan<double> row3 = rows.Slice(3 * columns, columns);
        (double x0, double x1, double x2, double x3) = (row0[i], row1[i], row2[i], row3[i]);
        int j = i;
        for (; j <= columns - Vector<double>.Count; j += Vector<double>.Count)
        {
            Vector<double> sum = new(sums[j..]);
            sum += x0 * new Vector<double>(row0[j..]);
            sum += x1 * new Vector<double>(row1[j..]);
            sum += x2 * new Vector<double>(row2[j..]);
            sum += x3 * new Vector<double>(row3[j..]);
            sum.CopyTo(sums[j..]);
        }

        for (; j < columns; j++)
            sums[j] = sums[j] + (x0 * row0[j]) + (x1 * row1[j]) + (x2 * row2[j]) + (x3 * row3[j]);
    }

    private static void MirrorUpperTriangle(double[] gram, int inputs)
    {
        for (int i = 0; i < inputs; i++)
        {
            for (int j = i + 1; j < inputs; j++)
                gram[(j * inputs) + i] = gram[(i * inputs) + j];
        }
    }
}
