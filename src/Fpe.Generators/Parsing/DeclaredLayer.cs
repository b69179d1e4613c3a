using System.Collections.Generic;
using System.Linq;
using Fpe.Compute;
using Fpe.Counting;
using Fpe.Expansion;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fpe.Generators.Parsing;

/// <summary>A layer property as it is written.</summary>
internal abstract class DeclaredLayer
{
    protected DeclaredLayer(IPropertySymbol property, BasePropertyDeclarationSyntax syntax, DeclaredAttribute attribute)
    {
        Property = property;
        Syntax = syntax;
        Attribute = attribute;
    }

    public string Name => Property.Name;

    public IPropertySymbol Property { get; }

    public BasePropertyDeclarationSyntax Syntax { get; }

    /// <summary>Where the name stands.</summary>
    public Location NameLocation => Syntax is PropertyDeclarationSyntax property ? property.Identifier.GetLocation() : Property.Locations[0];

    /// <summary>The attribute that makes the property a layer.</summary>
    public DeclaredAttribute Attribute { get; }
}

/// <summary>A <c>[Linear]</c> property.</summary>
internal sealed class DeclaredLinear(IPropertySymbol property, BasePropertyDeclarationSyntax syntax, DeclaredAttribute attribute)
    : DeclaredLayer(property, syntax, attribute), IDeclaredWeights
{
    /// <summary>Neurons of the dense parent; 0 where that is not known.</summary>
    public int Neurons { get; set; }

    /// <summary>Fan-in in the dense parent; 0 where that is not known.</summary>
    public int Inputs { get; set; }

    public ActivationFunction Activation { get; set; }

    /// <summary>The layer that reads this one; null for the output layer.</summary>
    public DeclaredLinear? Next { get; set; }

    /// <summary>Whether there is an <c>[Expand]</c> on the property.</summary>
    public bool OverridesExpansion { get; set; }

    /// <summary>The <c>[Expand]</c> on the property, where it is valid.</summary>
    public DeclaredExpansion? OwnExpansion { get; set; }

    /// <summary>The expansion that applies: the property's, or else the class's; null for a layer that stays dense.</summary>
    public DeclaredExpansion? Expansion { get; set; }

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
    public string SizeArgument => AttributeNames.Neurons;

    /// <inheritdoc/>
    public string Remedy => "use fewer neurons or a smaller factor";

    /// <inheritdoc/>
    public decimal Weights => (decimal)Neurons * Inputs;

    /// <inheritdoc/>
    public LayerSize Size => ExpansionPlan.SizeOf(Inputs, Neurons);

    /// <summary>The <c>[Clause]</c> attributes that apply: the property's, or else the class's for the first layer.</summary>
    public List<DeclaredAttribute> Clauses { get; set; } = [];

    /// <summary>The groups they name, without empty ones.</summary>
    public List<List<int>> Groups { get; } = [];
}

/// <summary>A <c>[Dropout]</c> property.</summary>
internal sealed class DeclaredDropout(IPropertySymbol property, BasePropertyDeclarationSyntax syntax, DeclaredAttribute attribute)
    : DeclaredLayer(property, syntax, attribute)
{
    public double Rate { get; set; }
}
