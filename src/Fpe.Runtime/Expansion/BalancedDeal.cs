using Fpe.Numerics;

namespace Fpe.Expansion;

/// <summary>Deals items to children at random and evenly.</summary>
internal static class BalancedDeal
{
    /// <summary>
    /// Assigns each item to a child, so that the numbers of items per child differ by at most one. Both the items of a child and the
    /// children that receive one more are random.
    /// </summary>
    /// <param name="childOf">Receives the child of each item.</param>
    /// <param name="children">Number of children.</param>
    /// <param name="random">Random numbers.</param>
    public static void Draw(Span<int> childOf, int children, RandomStream random) =>
        Draw(childOf, children, blockSize: childOf.Length, random);

    /// <summary>
    /// Assigns items in the same way, and also so that the numbers per child differ by at most one within each block: they are equal in
    /// blocks whose size is a multiple of the number of children.
    /// </summary>
    /// <param name="childOf">Receives the child of each item.</param>
    /// <param name="children">Number of children.</param>
    /// <param name="blockSize">Consecutive items that form a block, at least 1; the last block may be shorter.</param>
    /// <param name="random">Random numbers.</param>
    public static void Draw(Span<int> childOf, int children, int blockSize, RandomStream random)
    {
        // Children take turns over all items, and therefore also within a block; then the items of each block are shuffled.
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
