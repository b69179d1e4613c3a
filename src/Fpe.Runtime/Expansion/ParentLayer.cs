using Fpe.Counting;

namespace Fpe.Expansion;

/// <summary>A layer of the dense parent, with its values.</summary>
/// <param name="Name">Name of the layer, for messages.</param>
/// <param name="Inputs">Fan-in of a neuron.</param>
/// <param name="Neurons">Outputs of the layer.</param>
/// <param name="Expansion">How the neurons are expanded.</param>
/// <param name="Weights">[<paramref name="Neurons"/>, <paramref name="Inputs"/>], row by row.</param>
/// <param name="Biases">One per neuron.</param>
public sealed record ParentLayer(string Name, int Inputs, int Neurons, ExpansionPlan Expansion, double[] Weights, double[] Biases)
{
    /// <summary>
    /// Number of groups into which neurons and the values that they read are divided, as in a convolution in groups; 1 by default. Group g
    /// of the neurons reads only group g of the values, which are the <see cref="Inputs"/> of each of them; all layouts of the layer count
    /// columns within a group.
    /// </summary>
    public int InputGroups { get; init; } = 1;

    /// <summary>
    /// The sources of the inputs of all groups, in order; null (the default) for all neurons of the preceding layer, or the sample.
    /// </summary>
    public IReadOnlyList<InputPart>? Parts { get; init; }

    /// <summary>
    /// Position of the first layer to whose neurons the layer's own are added, one by one, so that readers of that layer read both; null
    /// (the default) if there is none.
    /// </summary>
    public int? AddedTo { get; init; }

    /// <summary>Whether each reader of a neuron reads only one of its children.</summary>
    public bool DealsOutgoing => Expansion.IsExpanded && Expansion.Outgoing == Outgoing.Deal;

    /// <summary>
    /// The neuron that a row of the expanded layer is a child of. For each group of neurons that share a partition come all their first
    /// children, then all their second, and so on.
    /// </summary>
    /// <param name="row">From 0 to neurons · factor − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public int NeuronOf(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, ChildRows.Count);
        return ChildRows.NeuronOf(row);
    }

    /// <summary>The neurons by the partition they share.</summary>
    internal NeuronGroups Groups => new(Neurons, Expansion.Share, Neurons / InputGroups);

    /// <summary>Maps children to rows of the expanded layer.</summary>
    internal ChildRows ChildRows => new(Groups, Expansion.Factor);

    /// <summary>The size of the layer for the counting rules.</summary>
    internal LayerSize Size => Expansion.SizeOf(Inputs, Neurons) with { Parts = Parts, InputGroups = InputGroups };

    /// <summary>Returns the sources of the inputs.</summary>
    /// <param name="position">Position of the layer.</param>
    internal IReadOnlyList<InputPart> PartsAt(int position) => Parts ?? [new InputPart(Inputs * InputGroups, position - 1)];
}
