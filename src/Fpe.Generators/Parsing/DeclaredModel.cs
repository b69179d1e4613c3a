using System.Collections.Generic;
using System.Linq;

namespace Fpe.Generators.Parsing;

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

    /// <summary>Features of one sample; 0 where that is not known.</summary>
    public int Inputs { get; set; }

    public bool CountBiases { get; set; }

    /// <summary>The layers in source order.</summary>
    public List<DeclaredLayer> Layers { get; } = [];

    /// <summary>The layers with weights; the last one is the output layer.</summary>
    public IReadOnlyList<DeclaredLinear> Linears => [.. Layers.OfType<DeclaredLinear>()];

    /// <summary>The layers with weights that can be expanded.</summary>
    public IEnumerable<DeclaredLinear> HiddenLinears => Linears.Where(layer => layer.Next is not null);

    /// <summary>The <c>[Expand]</c> on the class.</summary>
    public DeclaredExpansion? DefaultExpansion { get; set; }

    /// <summary>The <c>[Clause]</c> attributes on the class.</summary>
    public List<DeclaredAttribute> Clauses { get; } = [];

    /// <summary>The <c>[NonZeroBudget]</c> attribute.</summary>
    public DeclaredAttribute? Budget { get; set; }
}
