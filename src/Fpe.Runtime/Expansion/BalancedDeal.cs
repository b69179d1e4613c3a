using Fpe.Numerics;

namespace Fpe.Expansion;

/// <summary>Deals items to children at random and evenly.</summary>
internal static class BalancedDeal
{
    /// <summary>
    /// Gives every item a child, so that the numbers of items differ by at most one. Which items a child gets is random, and
    /// so is who gets one more.
    /// </summary>
    /// <param name="childOf">Receives the child of each item.</param>
    /// <param name="children">Number of children.</param>
    /// <param name="random">Source of the randomness.</param>
    public static void Draw(Span<int> childOf, int children, RandomStream random)
    {
        int[] turns = random.Permutation(children);
        for (int item = 0; item < childOf.Length; item++)
            childOf[item] = turns[item % children];
        random.Shuffle(childOf);
    }
}
