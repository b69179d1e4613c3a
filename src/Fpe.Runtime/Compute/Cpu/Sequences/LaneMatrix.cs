namespace Fpe.Compute.Cpu;

/// <summary>A matrix with a value in each lane of a panel, or its transpose.</summary>
/// <param name="values">The first element: 16 lanes.</param>
/// <param name="byRow">Floats from one row to the next.</param>
/// <param name="byColumn">Floats from one column to the next.</param>
internal readonly unsafe struct LaneMatrix(float* values, nint byRow, nint byColumn)
{
    /// <summary>The first element: 16 lanes.</summary>
    public readonly float* Values = values;

    /// <summary>Floats from one row to the next.</summary>
    public readonly nint ByRow = byRow;

    /// <summary>Floats from one column to the next.</summary>
    public readonly nint ByColumn = byColumn;

    /// <summary>The matrix with rows and columns exchanged.</summary>
    public LaneMatrix Transposed => new(Values, ByColumn, ByRow);

    /// <summary>Creates a matrix whose rows of elements follow each other.</summary>
    public static LaneMatrix OfRows(float* values, int columns) => new(values, columns * (nint)Panel.Width, Panel.Width);

    /// <summary>The columns from one on.</summary>
    public LaneMatrix FromColumn(int column) => new(Values + column * ByColumn, ByRow, ByColumn);

    /// <summary>The rows from one on.</summary>
    public LaneMatrix FromRow(int row) => new(Values + row * ByRow, ByRow, ByColumn);
}
