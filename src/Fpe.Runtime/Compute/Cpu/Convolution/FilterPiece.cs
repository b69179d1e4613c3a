namespace Fpe.Compute.Cpu;

/// <summary>A piece of a block: some filters and some of their columns, whose gradients one chunk computes.</summary>
/// <param name="Block">The block.</param>
/// <param name="FirstFilter">First filter, from the block's first.</param>
/// <param name="FirstColumn">First column, from the block's first.</param>
internal readonly record struct FilterPiece(int Block, int FirstFilter, int FirstColumn);
