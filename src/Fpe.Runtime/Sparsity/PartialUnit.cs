namespace Fpe.Sparsity;

/// <summary>A column of a block that only some rows of the block read, because an exact count may end within a column.</summary>
/// <param name="Group">Number of the block.</param>
/// <param name="Column">The column.</param>
/// <param name="Rows">The rows that read it, ascending.</param>
internal sealed record PartialUnit(int Group, int Column, int[] Rows);
