namespace Fpe.Compute.Cpu;

/// <summary>Some filters of a block and some of their columns: what one chunk computes the gradients of.</summary>
/// <param name="Block">The block.</param>
/// <param name="FirstFilter">First filter, from the block's first.</param>
/// <param name="FirstColumn">First column, from the block's first.</param>
internal readonly record struct FilterPiece(int Block, int FirstFilter, int FirstColumn);
