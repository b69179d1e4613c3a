using Fpe.Numerics;

namespace Fpe.Expansion;

/// <summary>
/// <see cref="Split.Random"/>: the inputs are dealt one by one, so that child sizes differ by at most one, over the whole layer
/// and within each block of consecutive inputs. Kernels like blocks for their constant trip counts; docs/method.md has what
/// they do to accuracy.
/// </summary>
/// <param name="blockSize">Consecutive inputs that form a block.</param>
internal sealed class RandomSplit(int blockSize = RandomSplit.UsualBlockSize) : ISplitStrategy
{
    /// <summary>Inputs of a block unless told otherwise.</summary>
    public const int UsualBlockSize = 64;

    /// <summary>All inputs in one block.</summary>
    public static RandomSplit OverAll { get; } = new(int.MaxValue);

    /// <inheritdoc/>
    public void Draw(Span<int> childOf, int children, RandomStream random) => BalancedDeal.Draw(childOf, children, blockSize, random);
}
