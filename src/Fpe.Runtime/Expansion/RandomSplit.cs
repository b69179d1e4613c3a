using Fpe.Numerics;

namespace Fpe.Expansion;

/// <summary>
/// <see cref="Split.Random"/>: the inputs are dealt one by one, so that child sizes differ by at most one, over the whole layer
/// and, for experiments, within each block of consecutive inputs; docs/method.md has what blocks do to accuracy.
/// </summary>
/// <param name="blockSize">Consecutive inputs that form a block.</param>
internal sealed class RandomSplit(int blockSize) : ISplitStrategy
{
    /// <summary>Inputs of a block in <see cref="InBlocks"/>.</summary>
    public const int BlockSize = 64;

    /// <summary>Balanced within blocks of <see cref="BlockSize"/> inputs.</summary>
    public static RandomSplit InBlocks { get; } = new(BlockSize);

    /// <summary>All inputs in one block: what <see cref="Split.Random"/> is.</summary>
    public static RandomSplit OverAll { get; } = new(int.MaxValue);

    /// <inheritdoc/>
    public void Draw(Span<int> childOf, int children, RandomStream random) => BalancedDeal.Draw(childOf, children, blockSize, random);
}
