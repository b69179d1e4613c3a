using System.Collections.Generic;
using System.Linq;
using Fpe.Generators.Naming;

namespace Fpe.Generators.Declarations;

/// <summary>A model as declared, with the locations of findings. It is used only inside the parser.</summary>
internal sealed class DeclaredModel
{
    private readonly List<DeclaredLayer> layers = [];
    private readonly List<ExpandableLayer> expandable = [];

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

    /// <summary>Whether a layer has a table of tokens.</summary>
    public bool HasTables => Layers.Any(layer => layer.ReadsTokens);

    /// <summary>The properties with <c>[Input]</c>, in the order of their values in a sample.</summary>
    public IEnumerable<DeclaredInput> Inputs => Layers.OfType<DeclaredInput>();

    /// <summary>The shape of a sample; null if unknown.</summary>
    public Shape? Sample { get; set; }

    public bool CountBiases { get; set; }

    /// <summary>The layers in source order.</summary>
    public IReadOnlyList<DeclaredLayer> Layers => layers;

    /// <summary>The layers with weights. Their neurons can be expanded unless they are outputs.</summary>
    public IReadOnlyList<ExpandableLayer> Expandable => expandable;

    /// <summary>The fully connected layers, to which the attributes of the class apply.</summary>
    public IEnumerable<ExpandableLayer> Linears => Expandable.Where(layer => layer.TakesDefault);

    /// <summary>The fully connected layers that can be expanded.</summary>
    public IEnumerable<ExpandableLayer> Hidden => Linears.Where(layer => !layer.IsOutput);

    /// <summary>The last layers, in reverse order, up to the first that has its own neurons or reads several values.</summary>
    public IEnumerable<DeclaredLayer> End
    {
        get
        {
            for (DeclaredLayer? layer = Layers[Layers.Count - 1]; layer is not null; layer = layer.Sources[0])
            {
                yield return layer;
                if (layer is ExpandableLayer || layer.Sources.Count != 1)
                    yield break;
            }
        }
    }

    /// <summary>The constants that are emitted.</summary>
    public IEnumerable<string> Constants => MemberNames.ConstantsOf(HasImages, HasTables, Expandable.Select(layer => layer.Name));

    /// <summary>The <c>[Expand]</c> on the class.</summary>
    public DeclaredExpansion? DefaultExpansion { get; set; }

    /// <summary>The <c>[Clause]</c> attributes on the class.</summary>
    public List<DeclaredAttribute> Clauses { get; } = [];

    /// <summary>The <c>[NonZeroBudget]</c> attribute, if it is valid.</summary>
    public DeclaredBudget? Budget { get; set; }

    /// <summary>Whether a layer learns its edges, so that the model ends with exactly its budget.</summary>
    public bool LearnsEdges => Expandable.Any(layer => layer.LearnsEdges);

    /// <summary>The budget for the counting rules; null if they do not need one.</summary>
    public long? LearnedBudget => LearnsEdges ? Budget?.Count : null;

    /// <summary>Adds the next layer.</summary>
    public void Add(DeclaredLayer layer)
    {
        layers.Add(layer);
        if (layer is ExpandableLayer weighted)
            expandable.Add(weighted);
    }

    /// <summary>The graph of the values that layers read; valid only if the sizes fit.</summary>
    public ModelGraph Graph => ModelGraph.Of(Name, Sample!.Value.Count, [.. Layers.Select(layer => layer.Plan)]);
}
