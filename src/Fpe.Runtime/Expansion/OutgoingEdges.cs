using Fpe.Numerics;

namespace Fpe.Expansion;

/// <summary>
/// What the next layer sees of an expanded one: where a neuron of the dense parent reads another, which children it reads
/// after expansion. They are all of them (<see cref="Outgoing.Prune"/>), or the one that was dealt to the reader's group
/// (<see cref="Outgoing.Deal"/>).
/// </summary>
internal sealed class OutgoingEdges
{
    private readonly ChildRows rows;
    private readonly int readers;
    private readonly int[]? childOf;

    private OutgoingEdges(ChildRows rows, int readers = 0, int[]? childOf = null)
    {
        this.rows = rows;
        this.readers = readers;
        this.childOf = childOf;
    }

    /// <summary>Values that are not expanded, such as the inputs of the model.</summary>
    public static OutgoingEdges OfInputs(int inputs) => new(new ChildRows(NeuronGroups.Single(inputs), Children: 1));

    /// <summary>Whether groups of readers read different children.</summary>
    public bool AreDealt => childOf is not null;

    /// <summary>Columns of the next layer that the children are.</summary>
    public int ChildCount => rows.Count;

    /// <summary>How often an edge of the dense parent exists.</summary>
    public int Copies => AreDealt ? 1 : rows.Children;

    /// <summary>The column of one of the children of a neuron that a group reads.</summary>
    /// <param name="neuron">The neuron.</param>
    /// <param name="copy">Which of them, from 0 to <see cref="Copies"/> − 1.</param>
    /// <param name="readerGroup">The group.</param>
    public int ColumnOf(int neuron, int copy, int readerGroup) =>
        rows.RowOf(neuron, childOf is null ? copy : childOf[(neuron * readers) + readerGroup]);

    /// <summary>The outgoing edges of a layer; where they are dealt, each neuron's readers are partitioned at random and evenly.</summary>
    /// <param name="parent">The layer.</param>
    /// <param name="readers">The neurons of the next layer by the partition they share; a group reads the same child.</param>
    /// <param name="random">Source of the randomness.</param>
    public static OutgoingEdges Of(ParentLayer parent, NeuronGroups readers, RandomStream random)
    {
        ChildRows rows = parent.ChildRows;
        if (!parent.DealsOutgoing)
            return new OutgoingEdges(rows);

        var childOf = new int[checked(parent.Neurons * readers.Count)];
        for (int neuron = 0; neuron < parent.Neurons; neuron++)
            BalancedDeal.Draw(childOf.AsSpan(neuron * readers.Count, readers.Count), rows.Children, random);
        return new OutgoingEdges(rows, readers.Count, childOf);
    }
}
