using Fpe.Numerics;

namespace Fpe.Expansion;

/// <summary><see cref="Split.Random"/>: the inputs are dealt one by one; child sizes differ by at most one.</summary>
internal sealed class RandomSplit : ISplitStrategy
{
    /// <inheritdoc/>
    public void Draw(Span<int> childOf, int children, RandomStream random) => BalancedDeal.Draw(childOf, children, random);
}
