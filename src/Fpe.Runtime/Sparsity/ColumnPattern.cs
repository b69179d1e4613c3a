namespace Fpe.Sparsity;

/// <summary>
/// An N:M pattern: each block reads <paramref name="Kept"/> of every <paramref name="Group"/> consecutive columns, starting with the first.
/// </summary>
/// <param name="Kept">N.</param>
/// <param name="Group">M.</param>
internal sealed record ColumnPattern(int Kept, int Group);
