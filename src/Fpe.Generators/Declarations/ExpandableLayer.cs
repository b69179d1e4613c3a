using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using Fpe.Expansion;
using Fpe.Generators.Naming;

namespace Fpe.Generators.Declarations;

/// <summary>A layer property with weights, whose neurons can be expanded.</summary>
internal abstract class ExpandableLayer(LayerProperty property) : DeclaredLayer(property)
{
    /// <summary>The number of neurons of the dense parent, or of filters; 0 if unknown.</summary>
    public virtual int Neurons { get; init; }

    /// <summary>The number of neurons that can read one neuron below: those of a group of a convolution; 0 if unknown.</summary>
    public virtual int GroupNeurons => Neurons;

    /// <summary>What messages call the owner of <see cref="GroupNeurons"/>.</summary>
    public string GroupName => GroupNeurons == Neurons ? Name : $"a group of {Name}";

    /// <summary>The fan-in of a neuron of the dense parent; 0 if unknown.</summary>
    public abstract int Inputs { get; }

    /// <summary>The name of the argument that sets the number of neurons.</summary>
    public abstract string SizeArgument { get; }

    /// <summary>A suggestion for reducing the number of weights.</summary>
    public abstract string Remedy { get; }

    /// <summary>The number of weights in the dense parent, which can exceed any limit.</summary>
    public virtual decimal Weights => (decimal)Neurons * Inputs;

    /// <summary>Whether the <c>[Expand]</c> of the class applies to it.</summary>
    public virtual bool TakesDefault => true;

    /// <summary>Whether its neurons share partitions if <c>Share</c> is not written.</summary>
    public virtual bool SharesByDefault => false;

    /// <summary>How many times as long as the dense parent's a training step takes if every neuron has its own partition, as docs/performance.md measures it.</summary>
    public abstract string CostOfOwnPartitions { get; }

    /// <summary>Why the layer cannot be expanded; null if it can.</summary>
    public virtual string? WhyNotExpanded => null;

    /// <summary>The layers that read its neurons, or neurons to which they are added.</summary>
    public IReadOnlyList<ExpandableLayer> Readers { get; set; } = [];

    /// <summary>The layers whose neurons are added up with its own, itself included.</summary>
    public IReadOnlyList<ExpandableLayer> Addends { get; set; } = [];

    /// <summary>The reader with the most neurons for each of its own; null if there is none.</summary>
    public ExpandableLayer? WidestReader => Readers.OrderByDescending(reader => reader.GroupNeurons).FirstOrDefault();

    /// <summary>A layer that reads its neurons, but could not read their children; null if there is none.</summary>
    public DeclaredLayer? NarrowReader { get; set; }

    /// <summary>Whether its neurons, or neurons to which they are added, are outputs of the model.</summary>
    public bool IsOutput { get; set; }

    /// <summary>Whether its block is read on its own and its neurons are part of the block's value, so that not all readers are known.</summary>
    public bool LeavesBlock { get; set; }

    /// <summary>Whether there is an <c>[Expand]</c> on the property.</summary>
    public bool OverridesExpansion { get; set; }

    /// <summary>The <c>[Expand]</c> on the property, if it is valid.</summary>
    public DeclaredExpansion? OwnExpansion { get; set; }

    /// <summary>Whether the expansion is known without the model in which its block is used.</summary>
    public bool KnowsExpansion => OverridesExpansion || !TakesDefault || !Owner.Root.IsBlock || Owner.HasDefaultExpansion;

    /// <summary>
    /// The expansion that applies: the property's or, if it has none, that of the innermost class with one; null for a layer that stays dense.
    /// </summary>
    public DeclaredExpansion? Expansion { get; set; }

    /// <summary>
    /// The number of neurons that share a partition: as written; if it is not, as written for a layer that its neurons are added to, since
    /// these must share alike; otherwise chosen.
    /// </summary>
    public int Share => Expansion?.Share ?? Addends.Select(layer => layer.Expansion?.Share).FirstOrDefault(share => share is not null)
        ?? Addends.Select(DefaultShare.Of).DefaultIfEmpty(1).Min();

    /// <summary>The <c>[Clause]</c> attributes that apply: the property's or, for the first layer, the class's.</summary>
    public IReadOnlyList<DeclaredAttribute> Clauses { get; set; } = [.. property.Named(AttributeNames.Clause)];

    /// <summary>The groups declared by <see cref="Clauses"/>, without empty ones.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Groups { get; set; } = [];

    /// <summary>The expansion as part of the plan.</summary>
    public ExpansionPlan ExpansionPlan => Expansion is not { IsExpanded: true } expansion
        ? ExpansionPlan.None
        : new ExpansionPlan(expansion.Factor, expansion.Strategy, Share, expansion.Outgoing)
        {
            Within = expansion.Within,
            Clauses = expansion.Strategy == Split.Clause ? Groups : [],
        };

    /// <summary>Whether the layer learns which inputs it reads.</summary>
    public bool LearnsEdges => Expansion is { LearnsEdges: true };

    /// <summary>The number of children per neuron.</summary>
    public int Factor => Expansion?.Factor ?? 1;

    /// <summary>The number of weights before pruning, which can exceed any limit.</summary>
    public BigInteger WeightsBeforePruning
    {
        get
        {
            BigInteger inputs = 0;
            BigInteger copies = 0;
            foreach (DeclaredPart part in InputParts)
            {
                inputs += part.Count;
                copies += part.Count * new BigInteger(part.Layer?.OutgoingCopies ?? 1);
            }

            return new BigInteger(Weights) * copies / inputs * (LearnsEdges ? Factor : 1);
        }
    }

    /// <summary>The number of copies of an outgoing edge after expansion.</summary>
    private int OutgoingCopies => Expansion is { Outgoing: Outgoing.Deal } ? 1 : Factor;

    /// <inheritdoc/>
    protected sealed override IReadOnlyList<DeclaredPart> PartsOf(IReadOnlyList<IReadOnlyList<DeclaredPart>> inputs) => [new(this, Output?.Count ?? 0)];
}
