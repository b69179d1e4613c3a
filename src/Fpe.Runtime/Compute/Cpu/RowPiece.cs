namespace Fpe.Compute.Cpu;

/// <summary>A piece of a block: the rows that one chunk computes; whole groups.</summary>
/// <param name="Block">The block, from 0.</param>
/// <param name="FirstRow">Start of the rows within the block.</param>
/// <param name="EndRow">End of the rows within the block.</param>
/// <param name="FirstHole">Start of its elements without an edge in <see cref="CpuBlocks.Holes"/>.</param>
/// <param name="EndHole">End of its elements without an edge.</param>
internal readonly record struct RowPiece(int Block, int FirstRow, int EndRow, int FirstHole, int EndHole)
{
    /// <summary>Maximum number of rows of a piece: enough to be worth reading the inputs, few enough to use several threads.</summary>
    public const int MaximumRows = 4 * CpuBlock.GroupHeight;
}
