using System.Collections.Generic;
using System.Linq;
using Fpe.Generators.Model;
using Fpe.Generators.Naming;
using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Declarations;

/// <summary>
/// A model as declared, with the locations of findings; also a block, on its own or in one use. It is used only inside the parser.
/// </summary>
internal sealed class DeclaredModel
{
    private readonly List<DeclaredMember> members = [];
    private readonly List<DeclaredLayer> layers = [];
    private readonly List<ExpandableLayer> expandable = [];
    private readonly string path;
    private readonly DeclaredModel? outer;

    /// <summary>Creates a model, or a block on its own.</summary>
    public DeclaredModel(INamedTypeSymbol type, DeclaredAttribute attribute)
        : this(type, attribute, type.Name, string.Empty, null)
    {
    }

    private DeclaredModel(INamedTypeSymbol type, DeclaredAttribute attribute, string name, string path, DeclaredModel? outer)
    {
        Type = type;
        Attribute = attribute;
        Name = name;
        this.path = path;
        this.outer = outer;
    }

    /// <summary>The class.</summary>
    public INamedTypeSymbol Type { get; }

    /// <summary>The name of the class or, in a use of a block, that of the model and the path, such as <c>Net.Blocks.3</c>.</summary>
    public string Name { get; }

    /// <summary>The <c>[Model]</c> or <c>[Block]</c> attribute.</summary>
    public DeclaredAttribute Attribute { get; }

    /// <summary>Whether the class is a block.</summary>
    public bool IsBlock => Attribute.Name == AttributeNames.Block;

    /// <summary>"model" or "block", for messages.</summary>
    public string Noun => IsBlock ? "block" : "model";

    /// <summary>The model, or the block on its own, whose declaration is read.</summary>
    public DeclaredModel Root => outer?.Root ?? this;

    /// <summary>The name of the value that the first layer reads: the sample of a model, the input of a block.</summary>
    public string SampleName => IsBlock ? AttributeNames.BlockInput : LayerPlan.Sample;

    /// <summary>The constant with <see cref="SampleName"/>.</summary>
    public string SampleConstant => IsBlock ? "BlockAttribute.Input" : "ModelAttribute.Sample";

    /// <summary>Whether a sample is declared as an image.</summary>
    public bool HasImages { get; set; }

    /// <summary>Whether a layer has a table of tokens.</summary>
    public bool HasTables => Layers.Any(layer => layer.ReadsTokens);

    /// <summary>The properties with <c>[Input]</c>, in the order of their values in a sample.</summary>
    public IEnumerable<DeclaredInput> Inputs => Layers.OfType<DeclaredInput>();

    /// <summary>The shape of a sample, or of the input of a block; null if unknown.</summary>
    public Shape? Sample { get; set; }

    public bool CountBiases { get; set; }

    /// <summary>The layers and uses of blocks in source order.</summary>
    public IReadOnlyList<DeclaredMember> Members => members;

    /// <summary>The uses of blocks in source order.</summary>
    public IEnumerable<DeclaredUse> Uses => members.OfType<DeclaredUse>();

    /// <summary>The class itself, and the blocks that it uses, directly or through others.</summary>
    public IEnumerable<DeclaredModel> Parts => [this, .. Uses.SelectMany(use => use.Copies).SelectMany(copy => copy.Parts)];

    /// <summary>The layers in source order, including those of the blocks it uses.</summary>
    public IReadOnlyList<DeclaredLayer> Layers => layers;

    /// <summary>The last layer, whose value is that of the class; null if there is none.</summary>
    public DeclaredLayer? Last => layers.Count == 0 ? null : layers[layers.Count - 1];

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
            for (DeclaredLayer? layer = Last; layer is not null; layer = layer.Sources[0])
            {
                yield return layer;
                if (layer is ExpandableLayer || layer.Sources.Count != 1)
                    yield break;
            }
        }
    }

    /// <summary>The constants that are emitted.</summary>
    public IEnumerable<string> Constants => IsBlock
        ? MemberNames.ConstantsOfBlock(HasImages)
        : MemberNames.ConstantsOf(HasImages, HasTables, Members.Where(HasWeights).Select(member => member.Name));

    /// <summary>The <c>[Expand]</c> on the class.</summary>
    public DeclaredExpansion? DefaultExpansion { get; set; }

    /// <summary>Whether there is an <c>[Expand]</c> on the class, or on the class of a block in which it is used.</summary>
    public bool HasDefaultExpansion => OwnsDefaultExpansion || outer?.HasDefaultExpansion == true;

    /// <summary>Whether there is an <c>[Expand]</c> on the class.</summary>
    public bool OwnsDefaultExpansion { get; set; }

    /// <summary>The <c>[Expand]</c> on the class or, if there is none, on the class in which it is used.</summary>
    public DeclaredExpansion? NearestExpansion => OwnsDefaultExpansion ? DefaultExpansion : outer?.NearestExpansion;

    /// <summary>The <c>[Clause]</c> attributes on the class.</summary>
    public List<DeclaredAttribute> Clauses { get; } = [];

    /// <summary>The <c>[NonZeroBudget]</c> attribute, if it is valid.</summary>
    public DeclaredBudget? Budget { get; set; }

    /// <summary>The <c>[ByteBudget]</c> attribute, if it is valid.</summary>
    public DeclaredByteBudget? ByteBudget { get; set; }

    /// <summary>Whether a layer learns its edges, so that the model ends with exactly its budget.</summary>
    public bool LearnsEdges => Expandable.Any(layer => layer.LearnsEdges);

    /// <summary>The budget for the counting rules; null if they do not need one.</summary>
    public long? LearnedBudget => LearnsEdges && !IsBlock ? Budget?.Count : null;

    /// <summary>The graph of the values that layers read; valid only if the sizes fit.</summary>
    public ModelGraph Graph => ClassSpec.GraphOf(Name, Sample!.Value, [.. Layers.Select(layer => layer.Plan)]);

    /// <summary>Returns the path of a property.</summary>
    public string PathOf(IPropertySymbol property) => path + property.Name;

    /// <summary>Returns the model and path of a property, for messages.</summary>
    public string SubjectOf(IPropertySymbol property) => $"{Name}.{property.Name}";

    /// <summary>Creates the class of a block for one use in this class.</summary>
    /// <param name="block">The class of the block.</param>
    /// <param name="attribute">Its <c>[Block]</c> attribute.</param>
    /// <param name="use">The property that uses it, with an index if it is repeated, such as <c>Blocks.3</c>.</param>
    public DeclaredModel Use(INamedTypeSymbol block, DeclaredAttribute attribute, string use) => new(block, attribute, $"{Name}.{use}", $"{path}{use}.", this);

    /// <summary>Adds the next layer or use of a block.</summary>
    public void Add(DeclaredMember member)
    {
        members.Add(member);
        layers.AddRange(LayersOf(member));
        expandable.AddRange(LayersOf(member).OfType<ExpandableLayer>());
    }

    private static bool HasWeights(DeclaredMember member) => LayersOf(member).Any(layer => layer is ExpandableLayer);

    private static IEnumerable<DeclaredLayer> LayersOf(DeclaredMember member) => member is DeclaredUse use ? use.Layers : [(DeclaredLayer)member];
}
