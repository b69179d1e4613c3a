using Fpe.Numerics;

namespace Fpe.Expansion;

/// <summary>
/// The outgoing edges of an expanded layer: if a neuron of the dense parent reads another, which of its children it reads after expansion.
/// It reads all of them (<see cref="Outgoing.Prune"/>), or the one that was dealt to the reader's group (<see cref="Outgoing.Deal"/>).
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

    /// <summary>Creates the edges of values that are not expanded, such as the inputs of the model.</summary>
    public static OutgoingEdges OfInputs(int inputs) => new(new ChildRows(NeuronGroups.Single(inputs), Children: 1));

    /// <summary>Whether groups of readers read different children.</summary>
    public bool AreDealt => childOf is not null;

    /// <summary>Number of columns of the next layer that the children occupy.</summary>
    public int ChildCount => rows.Count;

    /// <summary>Number of copies of each edge of the dense parent.</summary>
    public int Copies => AreDealt ? 1 : rows.Children;

    /// <summary>Returns the column of one of the children of a neuron that a group reads.</summary>
    /// <param name="neuron">The neuron.</param>
    /// <param name="copy">Which of these children, from 0 to <see cref="Copies"/> − 1.</param>
    /// <param name="readerGroup">The group.</param>
    public int ColumnOf(int neuron, int copy, int readerGroup) =>
        rows.RowOf(neuron, childOf is null ? copy : childOf[(neuron * readers) + (readerGroup % readers)]);

    /// <summary>
    /// Creates the outgoing edges of a layer; if they are dealt, the readers of each neuron are partitioned at random and evenly.
    /// </summary>
    /// <param name="parent">The layer.</param>
    /// <param name="readers">
    /// The groups of neurons of the next layer that share a partition; a group reads the same child. A neuron is read by one section of them.
    /// </param>
    /// <param name="random">Random numbers.</param>
    public static OutgoingEdges Of(ParentLayer parent, NeuronGroups readers, RandomStream random)
    {
        ChildRows rows = parent.ChildRows;
        if (!parent.DealsOutgoing)
            return new OutgoingEdges(rows);

        int count = readers.CountInSection;
        var childOf = new int[checked(parent.Neurons * count)];
        for (int neuron = 0; neuron < parent.Neurons; neuron++)
            BalancedDeal.Draw(childOf.AsSpan(neuron * count, count), rows.Children, random);
        return new OutgoingEdges(rows, count, childOf);
    }
}
