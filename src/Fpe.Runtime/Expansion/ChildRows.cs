namespace Fpe.Expansion;

/// <summary>
/// Maps children to the rows of an expanded layer: for each group of neurons that share a partition, all first children, then all second
/// children, and so on. Without sharing, child (i, k) is row i·α + k.
/// </summary>
/// <remarks>
/// The rows of a block, which read the same inputs, are adjacent. A block therefore reads the per-output data of kernels from contiguous
/// memory; if its rows were α rows apart, it would also fetch the data between them.
/// </remarks>
/// <param name="Groups">The groups of neurons that share a partition.</param>
/// <param name="Children">Children per neuron (α); at least 1.</param>
internal readonly record struct ChildRows(NeuronGroups Groups, int Children)
{
    /// <summary>Number of rows of the layer.</summary>
    public int Count => Groups.Neurons * Children;

    /// <summary>Returns the first row of the group's children with a given number; there is one row per neuron of the group.</summary>
    public int First(int group, int child) => (Groups.First(group) * Children) + (child * Groups.Size(group));

    /// <summary>Returns the row of a child.</summary>
    public int RowOf(int neuron, int child)
    {
        int group = Groups.Of(neuron);
        return First(group, child) + (neuron - Groups.First(group));
    }

    /// <summary>Returns the neuron that a row is a child of.</summary>
    public int NeuronOf(int row)
    {
        int group = GroupOf(row);
        return Groups.First(group) + ((row - First(group, child: 0)) % Groups.Size(group));
    }

    /// <summary>Returns the row of the first sibling of a row.</summary>
    public int FirstSiblingOf(int row) => RowOf(NeuronOf(row), child: 0);

    private int GroupOf(int row) => Groups.Of(row / Children);
}
