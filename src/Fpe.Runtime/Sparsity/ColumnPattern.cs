namespace Fpe.Sparsity;

/// <summary>An N:M pattern: of every <paramref name="Group"/> consecutive columns, from the first on, each block reads <paramref name="Kept"/>.</summary>
/// <param name="Kept">N.</param>
/// <param name="Group">M.</param>
internal sealed record ColumnPattern(int Kept, int Group);
