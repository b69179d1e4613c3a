using Fpe.Numerics;

namespace Fpe.Expansion;

/// <summary>
/// Which child receives which incoming edge, for each group of neurons of a layer that share a partition. Every edge has one
/// child, so that the children of a neuron partition its edges.
/// </summary>
internal sealed class EdgePartition
{
    private readonly int[] childOf;

    private EdgePartition(int children, NeuronGroups groups, int inputs)
    {
        Children = children;
        Groups = groups;
        Inputs = inputs;
        childOf = new int[checked(groups.Count * inputs)];
    }

    /// <summary>Children per neuron.</summary>
    public int Children { get; }

    /// <summary>The neurons by the partition they share.</summary>
    public NeuronGroups Groups { get; }

    /// <summary>Inputs of the dense parent.</summary>
    public int Inputs { get; }

    /// <summary>The child of every input of a group.</summary>
    public ReadOnlySpan<int> ChildOf(int group) => childOf.AsSpan(group * Inputs, Inputs);

    /// <summary>The only partition there is with one child.</summary>
    public static EdgePartition OfOneChild(NeuronGroups groups, int inputs) => new(1, groups, inputs);

    /// <summary>Draws a partition for each group in turn.</summary>
    public static EdgePartition Draw(ISplitStrategy strategy, int children, NeuronGroups groups, int inputs, RandomStream random)
    {
        var partition = new EdgePartition(children, groups, inputs);
        for (int group = 0; group < groups.Count; group++)
            strategy.Draw(partition.childOf.AsSpan(group * inputs, inputs), children, random);
        return partition;
    }
}
