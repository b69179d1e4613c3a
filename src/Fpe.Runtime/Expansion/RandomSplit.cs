using Fpe.Numerics;

namespace Fpe.Expansion;

/// <summary>
/// <see cref="Split.Random"/>: the inputs are dealt one by one, so that child sizes differ by at most one, over the whole layer
/// and within each block of consecutive inputs.
/// </summary>
/// <param name="blockSize">
/// Consecutive inputs that form a block; all inputs unless <see cref="SplitExpansion.BlockSize"/> or an N:M pattern sets another size.
/// </param>
internal sealed class RandomSplit(int blockSize) : ISplitStrategy
{
    /// <inheritdoc/>
    public void Draw(Span<int> childOf, int children, RandomStream random) => BalancedDeal.Draw(childOf, children, blockSize, random);
}
