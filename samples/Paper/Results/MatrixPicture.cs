namespace Samples.Paper.Results;

/// <summary>
/// A matrix, reduced in size if it is large: each cell shows the value with the largest magnitude among those it represents.
/// </summary>
internal sealed record MatrixPicture
{
    /// <summary>Rows of the matrix.</summary>
    public required int MatrixRows { get; init; }

    /// <summary>Columns of the matrix.</summary>
    public required int MatrixColumns { get; init; }

    /// <summary>Rows of the picture.</summary>
    public required int Rows { get; init; }

    /// <summary>Columns of the picture.</summary>
    public required int Columns { get; init; }

    /// <summary>The cells row by row: [<see cref="Rows"/>, <see cref="Columns"/>].</summary>
    public required IReadOnlyList<float> Cells { get; init; }

    /// <summary>Maximum number of cells in a row, and in a column.</summary>
    public const int MaximumCells = 64;

    /// <summary>Creates a picture of a matrix.</summary>
    /// <param name="matrix">The matrix row by row: [rows, columns].</param>
    /// <param name="rows">Rows of the matrix; at least 1.</param>
    /// <param name="columns">Columns of the matrix; at least 1.</param>
    public static MatrixPicture Of(ReadOnlySpan<double> matrix, int rows, int columns)
    {
        (int cellRows, int cellColumns) = (Math.Min(rows, MaximumCells), Math.Min(columns, MaximumCells));
        var cells = new float[cellRows * cellColumns];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                var value = (float)matrix[(row * columns) + column];
                ref float cell = ref cells[((int)((long)row * cellRows / rows) * cellColumns) + (int)((long)column * cellColumns / columns)];
                if (Math.Abs(value) > Math.Abs(cell))
                    cell = value;
            }
        }

        return new MatrixPicture { MatrixRows = rows, MatrixColumns = columns, Rows = cellRows, Columns = cellColumns, Cells = cells };
    }
}
