using System;
using System.Collections.Generic;
using Fpe.Expansion;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using static System.FormattableString;

namespace Fpe.Generators.Kinds;

/// <summary>
/// All that the generator knows of one kind of layer: how it is declared, what it makes of the shapes it reads, and how the emitted
/// file speaks of it. <see cref="LayerKinds"/> lists them.
/// </summary>
internal abstract class LayerKind
{
    /// <summary>Name of the layer's class, and of its attribute without <c>Attribute</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The plan of such a layer.</summary>
    public abstract Type PlanType { get; }

    /// <summary>Whether it can have an activation.</summary>
    public virtual bool AllowsActivation => false;

    /// <summary>Whether it can have <c>[Expand]</c> and <c>[Clause]</c>.</summary>
    public virtual bool AllowsExpansion => false;

    /// <summary>Whether it reads images only.</summary>
    public abstract bool ReadsImages { get; }

    /// <summary>The attribute's name in metadata.</summary>
    public string MetadataName => $"{AttributeNames.Namespace}.{Name}Attribute";

    /// <summary>The layer's class, as emitted code refers to it.</summary>
    public string TypeName => $"global::{AttributeNames.Namespace}.{Name}";

    /// <summary>Reads the arguments of the attribute.</summary>
    public abstract DeclaredLayer Read(LayerProperty property, Findings findings);

    /// <summary>Reads which values the layer names to read; empty for that of the layer before it.</summary>
    public virtual IReadOnlyList<DeclaredSource> ReadSources(LayerProperty property, Findings findings)
    {
        DeclaredSource? source = property.Layer.Text(AttributeNames.From, out bool isReadable);
        if (!isReadable)
            findings.MarkBroken();
        return source is null ? [] : [source];
    }

    /// <summary>Code that constructs the plan, without what <see cref="OptionsOf"/> adds.</summary>
    public abstract string CreationOf(LayerPlan plan);

    /// <summary>Code that sets properties of the plan: statements of an object initializer, each one or several lines.</summary>
    public virtual IEnumerable<string> OptionsOf(LayerPlan plan) => [];

    /// <summary>How the neurons of the layer are expanded.</summary>
    public virtual ExpansionPlan ExpansionOf(LayerPlan plan) => ExpansionPlan.None;

    /// <summary>What the layer does, in words, without its weights.</summary>
    /// <param name="plan">The layer.</param>
    /// <param name="width">Values that enter it after expansion.</param>
    /// <param name="fanIn">Edges that the children of one neuron have together, before pruning; 0 for a layer without weights.</param>
    public abstract string Describe(LayerPlan plan, long width, long fanIn);

    /// <summary>The shape of what leaves the layer, in words; empty if it is what enters it.</summary>
    public abstract string ShapeAfter(LayerPlan plan);

    /// <summary>The product that gives the weights in the dense parent.</summary>
    public virtual string DenseTerm(LayerPlan plan) => Invariant($"{plan.Inputs}·{plan.Outputs}");
}
