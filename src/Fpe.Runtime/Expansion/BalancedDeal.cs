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
    public static void Draw(Span<int> childOf, int children, RandomStream random) =>
        Draw(childOf, children, blockSize: childOf.Length, random);

    /// <summary>
    /// The same, where besides the numbers of items within each block differ by at most one: they are equal in blocks whose
    /// size the number of children divides.
    /// </summary>
    /// <param name="childOf">Receives the child of each item.</param>
    /// <param name="children">Number of children.</param>
    /// <param name="blockSize">Consecutive items that form a block, at least 1; the last block may be shorter.</param>
    /// <param name="random">Source of the randomness.</param>
    public static void Draw(Span<int> childOf, int children, int blockSize, RandomStream random)
    {
        // Children take turns over all items, so that they also do within a block; then the items of a block are mixed.
        int[] turns = random.Permutation(children);
        for (int item = 0; item < childOf.Length; item++)
            childOf[item] = turns[item % children];
        while (!childOf.IsEmpty)
        {
            int size = Math.Min(blockSize, childOf.Length);
            random.Shuffle(childOf[..size]);
            childOf = childOf[size..];
        }
    }
}
