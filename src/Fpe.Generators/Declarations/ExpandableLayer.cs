using System.Collections.Generic;
using System.Linq;
using Fpe.Counting;
using Fpe.Expansion;
using Fpe.Generators.Naming;

namespace Fpe.Generators.Declarations;

/// <summary>A layer property whose neurons can be expanded.</summary>
internal abstract class ExpandableLayer(LayerProperty property) : WeightedLayer(property)
{
    /// <summary>Neurons of the dense parent; 0 if that is not known.</summary>
    public int Neurons { get; init; }

    /// <summary>Fan-in of a neuron of the dense parent; 0 if that is not known.</summary>
    public abstract int Inputs { get; }

    /// <summary>The layer that reads this one; null for the output layer.</summary>
    public ExpandableLayer? Next { get; set; }

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

    /// <inheritdoc/>
    public override ExpandableLayer Expanded => this;

    /// <inheritdoc/>
    public override decimal Weights => (decimal)Neurons * Inputs;

    /// <inheritdoc/>
    public override LayerSize Size => ExpansionPlan.SizeOf(Inputs, Neurons);
}
