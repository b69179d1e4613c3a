using System.Collections.Generic;
using System.Linq;
using Fpe.Generators.Naming;

namespace Fpe.Generators.Declarations;

/// <summary>A model as it is written, with the places findings point at. It does not leave the parser.</summary>
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

    /// <summary>The shape of a sample; null if that is not known.</summary>
    public Shape? Sample { get; set; }

    public bool CountBiases { get; set; }

    /// <summary>The layers in source order.</summary>
    public IReadOnlyList<DeclaredLayer> Layers => layers;

    /// <summary>The layers with weights, whose neurons can be expanded unless they are outputs.</summary>
    public IReadOnlyList<ExpandableLayer> Expandable => expandable;

    /// <summary>The layers to which attributes of the class apply: those that are fully connected.</summary>
    public IEnumerable<ExpandableLayer> Linears => Expandable.Where(layer => layer.TakesDefault);

    /// <summary>Those of them that can be expanded.</summary>
    public IEnumerable<ExpandableLayer> Hidden => Linears.Where(layer => !layer.IsOutput);

    /// <summary>The last layers, back to the first that has neurons of its own, or reads several values; the last one comes first.</summary>
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
    public IEnumerable<string> Constants => MemberNames.ConstantsOf(HasImages, Expandable.Select(layer => layer.Name));

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

    /// <summary>Adds the next layer.</summary>
    public void Add(DeclaredLayer layer)
    {
        layers.Add(layer);
        if (layer is ExpandableLayer weighted)
            expandable.Add(weighted);
    }

    /// <summary>Which values the layers read, once sizes are known to fit.</summary>
    public ModelGraph Graph => ModelGraph.Of(Name, Sample!.Value.Count, [.. Layers.Select(layer => layer.Plan)]);
}
