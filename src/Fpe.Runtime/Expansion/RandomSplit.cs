using Fpe.Numerics;

namespace Fpe.Expansion;

/// <summary>
/// <see cref="Split.Random"/>: the inputs are dealt one by one, so that child sizes differ by at most one, over the whole layer
/// or, with blocks, within each of them too.
/// </summary>
/// <param name="blockSize">Consecutive inputs that form a block; null for one block of all.</param>
internal sealed class RandomSplit(int? blockSize = null) : ISplitStrategy
{
    /// <inheritdoc/>
    public void Draw(Span<int> childOf, int children, RandomStream random) =>
        BalancedDeal.Draw(childOf, children, blockSize ?? childOf.Length, random);
}
