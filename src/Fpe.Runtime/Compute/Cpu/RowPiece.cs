namespace Fpe.Compute.Cpu;

/// <summary>Rows of a block that one thread computes at a time: whole groups.</summary>
/// <param name="Block">The block, from 0.</param>
/// <param name="FirstRow">Start of the rows within the block.</param>
/// <param name="EndRow">Their end.</param>
internal readonly record struct RowPiece(int Block, int FirstRow, int EndRow)
{
    /// <summary>The most rows of a piece: enough for its inputs to be worth fetching, few enough for several threads.</summary>
    public const int MaximumRows = 4 * CpuBlock.GroupHeight;
}
