using Fpe.Numerics;

namespace Fpe.Expansion;

/// <summary>
/// What the next layer sees of an expanded one: where a neuron of the dense parent reads another, which children it reads
/// after expansion. They are all of them (<see cref="Outgoing.Prune"/>), or the one that was dealt to the reader's group
/// (<see cref="Outgoing.Deal"/>).
/// </summary>
internal sealed class OutgoingEdges
{
    private readonly int factor;
    private readonly int readers;
    private readonly int[]? childOf;

    private OutgoingEdges(int factor, int readers = 0, int[]? childOf = null)
    {
        this.factor = factor;
        this.readers = readers;
        this.childOf = childOf;
    }

    /// <summary>The inputs of the model.</summary>
    public static OutgoingEdges OfInputs { get; } = new(factor: 1);

    /// <summary>Whether groups of readers read different children.</summary>
    public bool AreDealt => childOf is not null;

    /// <summary>How often an edge of the dense parent exists.</summary>
    public int Copies => AreDealt ? 1 : factor;

    /// <summary>The children of a neuron that a group reads are <see cref="Copies"/> consecutive columns from this one on.</summary>
    public int FirstColumn(int neuron, int readerGroup) =>
        (neuron * factor) + (childOf is null ? 0 : childOf[(neuron * readers) + readerGroup]);

    /// <summary>The outgoing edges of a layer; where they are dealt, each neuron's readers are partitioned at random and evenly.</summary>
    /// <param name="parent">The layer.</param>
    /// <param name="readers">The neurons of the next layer by the partition they share; a group reads the same child.</param>
    /// <param name="random">Source of the randomness.</param>
    public static OutgoingEdges Of(ParentLayer parent, NeuronGroups readers, RandomStream random)
    {
        int factor = parent.Expansion.Factor;
        if (!parent.DealsOutgoing)
            return new OutgoingEdges(factor);

        var childOf = new int[checked(parent.Neurons * readers.Count)];
        for (int neuron = 0; neuron < parent.Neurons; neuron++)
            BalancedDeal.Draw(childOf.AsSpan(neuron * readers.Count, readers.Count), factor, random);
        return new OutgoingEdges(factor, readers.Count, childOf);
    }
}
