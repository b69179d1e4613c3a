using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using Fpe.Expansion;
using Fpe.Generators.Naming;

namespace Fpe.Generators.Declarations;

/// <summary>A layer property with weights, whose neurons can be expanded.</summary>
internal abstract class ExpandableLayer(LayerProperty property) : DeclaredLayer(property)
{
    /// <summary>Neurons of the dense parent, or filters; 0 if that is not known.</summary>
    public int Neurons { get; init; }

    /// <summary>Fan-in of a neuron of the dense parent; 0 if that is not known.</summary>
    public abstract int Inputs { get; }

    /// <summary>The argument that sets how many neurons there are, named after them.</summary>
    public abstract string SizeArgument { get; }

    /// <summary>How to have fewer weights.</summary>
    public abstract string Remedy { get; }

    /// <summary>Weights in the dense parent, however many.</summary>
    public virtual decimal Weights => (decimal)Neurons * Inputs;

    /// <summary>Whether the <c>[Expand]</c> of the class applies to it.</summary>
    public virtual bool TakesDefault => true;

    /// <summary>The layers that read its neurons, or neurons to which they are added.</summary>
    public IReadOnlyList<ExpandableLayer> Readers { get; set; } = [];

    /// <summary>The one of them with most neurons; null if there is none.</summary>
    public ExpandableLayer? WidestReader => Readers.OrderByDescending(reader => reader.Neurons).FirstOrDefault();

    /// <summary>Whether its neurons, or neurons to which they are added, are outputs of the model.</summary>
    public bool IsOutput { get; set; }

    /// <summary>Whether there is an <c>[Expand]</c> on the property.</summary>
    public bool OverridesExpansion { get; set; }

    /// <summary>The <c>[Expand]</c> on the property, where it is valid.</summary>
    public DeclaredExpansion? OwnExpansion { get; set; }

    /// <summary>The expansion that applies: the property's, or else the class's; null for a layer that stays dense.</summary>
    public DeclaredExpansion? Expansion { get; set; }

    /// <summary>The <c>[Clause]</c> attributes that apply: the property's, or else the class's for the first layer.</summary>
    public IReadOnlyList<DeclaredAttribute> Clauses { get; set; } = [.. property.Named(AttributeNames.Clause)];

    /// <summary>The groups they name, without empty ones.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Groups { get; set; } = [];

    /// <summary>The same as the plan holds it.</summary>
    public ExpansionPlan ExpansionPlan => Expansion is not { IsExpanded: true } expansion
        ? ExpansionPlan.None
        : new ExpansionPlan(expansion.Factor, expansion.Strategy, expansion.Share, expansion.Outgoing)
        {
            Within = expansion.Within,
            Clauses = expansion.Strategy == Split.Clause ? Groups : [],
        };

    /// <summary>Whether the layer learns which inputs it reads.</summary>
    public bool LearnsEdges => Expansion is { LearnsEdges: true };

    /// <summary>Children per neuron.</summary>
    public int Factor => Expansion?.Factor ?? 1;

    /// <summary>Weights before pruning, however many.</summary>
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

    /// <summary>How often an edge that leaves a neuron exists after expansion.</summary>
    private int OutgoingCopies => Expansion is { Outgoing: Outgoing.Deal } ? 1 : Factor;

    /// <inheritdoc/>
    protected sealed override IReadOnlyList<DeclaredPart> PartsOf(IReadOnlyList<IReadOnlyList<DeclaredPart>> inputs) => [new(this, Output?.Count ?? 0)];
}
