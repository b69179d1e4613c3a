namespace Fpe.Training;

/// <summary>Sums rows over the nodes of a tree, which come in their order.</summary>
/// <param name="create">Makes room for the rows of a node.</param>
internal sealed class RowTree(Func<RowSums> create)
{
    private readonly List<RowSums> nodes = [];
    private readonly Stack<RowSums> free = [];

    /// <summary>The nodes that are not joined with others yet.</summary>
    public IReadOnlyList<RowSums> Nodes => nodes;

    /// <summary>Returns a node without rows.</summary>
    public RowSums Take()
    {
        RowSums node = free.TryPop(out RowSums? used) ? used : create();
        node.Clear();
        return node;
    }

    /// <summary>Adds a node after the others, and joins the last two a number of times.</summary>
    public void Push(RowSums node, int joins)
    {
        nodes.Add(node);
        for (; joins > 0; joins--)
        {
            RowSums right = nodes[^1];
            nodes[^2].Add(right.Rows, right.Values);
            nodes.RemoveAt(nodes.Count - 1);
            free.Push(right);
        }
    }

    /// <summary>Removes all nodes, whose room is used again.</summary>
    public void Clear()
    {
        foreach (RowSums node in nodes)
            free.Push(node);
        nodes.Clear();
    }

    /// <summary>Removes all nodes, which the caller pushes again or keeps.</summary>
    public void Release() => nodes.Clear();
}
