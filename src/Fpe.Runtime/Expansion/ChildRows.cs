namespace Fpe.Expansion;

/// <summary>
/// Which row of an expanded layer is which child: for each group of neurons that share a partition its first children, then its
/// second children, and so on. Without sharing, child (i, k) is row i·α + k.
/// </summary>
/// <remarks>
/// The rows of a block, which read the same inputs, follow each other. What kernels keep for each output, a block then reads from
/// one stretch of memory; α rows apart, it would fetch what lies between as well.
/// </remarks>
/// <param name="Groups">The neurons by the partition they share.</param>
/// <param name="Children">Children per neuron (α); at least 1.</param>
internal readonly record struct ChildRows(NeuronGroups Groups, int Children)
{
    /// <summary>Rows of the layer.</summary>
    public int Count => Groups.Neurons * Children;

    /// <summary>The first of the rows that the group's children with one number have; as many follow as the group has neurons.</summary>
    public int First(int group, int child) => (Groups.First(group) * Children) + (child * Groups.Size(group));

    /// <summary>The row of a child.</summary>
    public int RowOf(int neuron, int child)
    {
        int group = neuron / Groups.Share;
        return First(group, child) + (neuron - Groups.First(group));
    }

    /// <summary>The neuron that a row is a child of.</summary>
    public int NeuronOf(int row)
    {
        int group = GroupOf(row);
        return Groups.First(group) + ((row - First(group, child: 0)) % Groups.Size(group));
    }

    /// <summary>The row of the first child of the neuron that a row is a child of.</summary>
    public int FirstSiblingOf(int row) => RowOf(NeuronOf(row), child: 0);

    private int GroupOf(int row) => row / Children / Groups.Share;
}
