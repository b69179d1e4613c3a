using System.Collections.Generic;
using System.Linq;
using Fpe.Generators.Naming;

namespace Fpe.Generators.Declarations;

/// <summary>A model as it is written, with the places findings point at. It does not leave the parser.</summary>
internal sealed class DeclaredModel
{
    public DeclaredModel(string name, DeclaredAttribute attribute)
    {
        Name = name;
        Attribute = attribute;
    }

    public string Name { get; }

    /// <summary>The <c>[Model]</c> attribute.</summary>
    public DeclaredAttribute Attribute { get; }

    /// <summary>Whether a sample is declared as an image.</summary>
    public bool HasImages { get; set; }

    /// <summary>The shape of a sample; null if that is not known.</summary>
    public Shape? Sample { get; set; }

    public bool CountBiases { get; set; }

    /// <summary>The layers in source order.</summary>
    public List<DeclaredLayer> Layers { get; } = [];

    /// <summary>The layers with weights; the last one is the output layer.</summary>
    public IReadOnlyList<WeightedLayer> Weighted => [.. Layers.OfType<WeightedLayer>()];

    /// <summary>The layers whose neurons can be expanded, and the output layer, which is the last one.</summary>
    public IReadOnlyList<ExpandableLayer> Expandable => [.. Layers.OfType<ExpandableLayer>()];

    /// <summary>The layers that can be expanded.</summary>
    public IEnumerable<ExpandableLayer> Hidden => Expandable.Where(layer => layer.Next is not null);

    /// <summary>The constants that are emitted.</summary>
    public IEnumerable<string> Constants => MemberNames.ConstantsOf(HasImages, Weighted.Select(layer => layer.Name));

    /// <summary>The <c>[Expand]</c> on the class.</summary>
    public DeclaredExpansion? DefaultExpansion { get; set; }

    /// <summary>The <c>[Clause]</c> attributes on the class.</summary>
    public List<DeclaredAttribute> Clauses { get; } = [];

    /// <summary>The <c>[NonZeroBudget]</c> attribute, where it is valid.</summary>
    public DeclaredBudget? Budget { get; set; }

    /// <summary>Whether a layer learns its edges, and so the budget is what the model ends with.</summary>
    public bool LearnsEdges => Expandable.Any(layer => layer.LearnsEdges);

    /// <summary>The budget that the counting rules need to know; null if they need none.</summary>
    public long? LearnedBudget => LearnsEdges ? Budget?.Count : null;
}
