namespace Fpe.Distributed;

/// <summary>
/// The binary tree in which numbers are summed over the chunks of a batch. It does not depend on the number of ranks: each sums the largest
/// nodes that lie within its own chunks, and the ranks then add these nodes as the tree says.
/// </summary>
/// <param name="chunks">The number of chunks; a power of two.</param>
/// <param name="ranks">The number of ranks; at most the number of chunks.</param>
internal sealed class ChunkTree(int chunks, int ranks)
{
    /// <summary>The number of chunks.</summary>
    public int Chunks => chunks;

    /// <summary>The number of ranks.</summary>
    public int Ranks => ranks;

    /// <summary>Returns the chunks of a rank: from the first to before the end.</summary>
    public (int First, int End) RangeOf(int rank) => (FirstOf(rank), FirstOf(rank + 1));

    /// <summary>Returns the nodes that a rank sums, in the order of their chunks.</summary>
    public IReadOnlyList<ChunkNode> NodesOf(int rank)
    {
        var nodes = new List<ChunkNode>();
        (int first, int end) = RangeOf(rank);
        for (int chunk = first; chunk < end; chunk++)
            Push(nodes, new ChunkNode(chunk, 1), (_, _) => { });
        return nodes;
    }

    /// <summary>Returns the largest nodes of up to some chunks that lie within those of a rank, in the order of their chunks.</summary>
    /// <param name="rank">The rank.</param>
    /// <param name="most">The most chunks of a node; a power of two.</param>
    public IReadOnlyList<ChunkNode> LeavesOf(int rank, int most)
    {
        var leaves = new List<ChunkNode>();
        (int first, int end) = RangeOf(rank);
        for (int chunk = first; chunk < end; chunk += leaves[^1].Count)
        {
            int count = 1;
            while (2 * count <= most && chunk % (2 * count) == 0 && chunk + (2 * count) <= end)
                count *= 2;
            leaves.Add(new ChunkNode(chunk, count));
        }

        return leaves;
    }

    /// <summary>Adds a node after others, and joins siblings as far as possible.</summary>
    /// <param name="nodes">The nodes so far; no two are siblings.</param>
    /// <param name="node">The next node.</param>
    /// <param name="join">Called for each two siblings, with the positions in <paramref name="nodes"/> of the left one and of the right one.</param>
    public static void Push(List<ChunkNode> nodes, ChunkNode node, Action<int, int> join)
    {
        nodes.Add(node);
        while (nodes.Count > 1 && nodes[^2].IsLeftOf(nodes[^1]))
        {
            join(nodes.Count - 2, nodes.Count - 1);
            ChunkNode parent = nodes[^1].Parent;
            nodes.RemoveRange(nodes.Count - 2, 2);
            nodes.Add(parent);
        }
    }

    /// <summary>Returns how many pairs of siblings are joined after each of some nodes, which are added in their order.</summary>
    public static int[] JoinsAfter(IEnumerable<ChunkNode> added)
    {
        var nodes = new List<ChunkNode>();
        return
        [
            .. added.Select(node =>
            {
                int joins = 0;
                Push(nodes, node, (_, _) => joins++);
                return joins;
            }),
        ];
    }

    private int FirstOf(int rank) => (int)((long)chunks * rank / ranks);
}
