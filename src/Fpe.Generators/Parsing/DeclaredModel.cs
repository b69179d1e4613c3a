using System.Collections.Generic;
using System.Linq;
using Fpe.Compute;

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

    /// <summary>Whether a sample is declared as an image.</summary>
    public bool HasImages { get; set; }

    /// <summary>The image that a sample is; null for a vector, and where that is not known.</summary>
    public ImageShape? Image { get; set; }

    public bool CountBiases { get; set; }

    /// <summary>The layers in source order.</summary>
    public List<DeclaredLayer> Layers { get; } = [];

    /// <summary>The layers with weights; the last one is the output layer.</summary>
    public IReadOnlyList<IDeclaredWeights> Weighted => [.. Layers.OfType<IDeclaredWeights>()];

    /// <summary>The fully connected layers; the last one is the output layer.</summary>
    public IReadOnlyList<DeclaredLinear> Linears => [.. Layers.OfType<DeclaredLinear>()];

    /// <summary>The layers that can be expanded.</summary>
    public IEnumerable<DeclaredLinear> HiddenLinears => Linears.Where(layer => layer.Next is not null);

    /// <summary>The <c>[Expand]</c> on the class.</summary>
    public DeclaredExpansion? DefaultExpansion { get; set; }

    /// <summary>The <c>[Clause]</c> attributes on the class.</summary>
    public List<DeclaredAttribute> Clauses { get; } = [];

    /// <summary>The <c>[NonZeroBudget]</c> attribute, where it is valid.</summary>
    public DeclaredBudget? Budget { get; set; }

    /// <summary>Whether a layer learns its edges, and so the budget is what the model ends with.</summary>
    public bool LearnsEdges => Linears.Any(layer => layer.LearnsEdges);

    /// <summary>The budget that the counting rules need to know; null if they need none.</summary>
    public long? LearnedBudget => LearnsEdges ? Budget?.Count : null;
}
