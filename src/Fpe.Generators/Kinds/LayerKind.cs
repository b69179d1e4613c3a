using System;
using System.Collections.Generic;
using Fpe.Expansion;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using static System.FormattableString;

namespace Fpe.Generators.Kinds;

/// <summary>
/// Everything that the generator knows about a kind of layer: how it is declared, which output shape it has, and how the emitted file
/// describes it. <see cref="LayerKinds"/> lists them.
/// </summary>
internal abstract class LayerKind
{
    /// <summary>The name of the layer's class, and of its attribute without <c>Attribute</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The type of its plans.</summary>
    public abstract Type PlanType { get; }

    /// <summary>Whether it can have an activation.</summary>
    public virtual bool AllowsActivation => false;

    /// <summary>Whether it can have <c>[Expand]</c> and <c>[Clause]</c>.</summary>
    public virtual bool AllowsExpansion => false;

    /// <summary>Why it cannot have <c>[Expand]</c>, if that is not obvious; null otherwise.</summary>
    public virtual string? WhyNotExpanded => null;

    /// <summary>Whether it reads only images.</summary>
    public abstract bool ReadsImages { get; }

    /// <summary>Whether it reads only tokens.</summary>
    public virtual bool ReadsTokens => false;

    /// <summary>The attribute's name in metadata.</summary>
    public string MetadataName => $"{AttributeNames.Namespace}.{Name}Attribute";

    /// <summary>The layer's class as referenced by emitted code.</summary>
    public string TypeName => $"global::{AttributeNames.Namespace}.{Name}";

    /// <summary>Reads the arguments of the attribute.</summary>
    public abstract DeclaredLayer Read(LayerProperty property, Findings findings);

    /// <summary>Reads the names of the values that the layer reads; empty if it reads the previous layer.</summary>
    public virtual IReadOnlyList<DeclaredSource> ReadSources(LayerProperty property, Findings findings)
    {
        DeclaredSource? source = property.Layer.Text(AttributeNames.From, out bool isReadable);
        if (!isReadable)
            findings.MarkBroken();
        return source is null ? [] : [source];
    }

    /// <summary>Returns the code that constructs the plan, without what <see cref="OptionsOf"/> adds.</summary>
    public abstract string CreationOf(LayerPlan plan);

    /// <summary>Returns the code that sets properties of the plan: members of an object initializer, each on one or more lines.</summary>
    public virtual IEnumerable<string> OptionsOf(LayerPlan plan) => [];

    /// <summary>Returns how the neurons of the layer are expanded.</summary>
    public virtual ExpansionPlan ExpansionOf(LayerPlan plan) => ExpansionPlan.None;

    /// <summary>Describes what the layer does, without its weights.</summary>
    /// <param name="plan">The layer.</param>
    /// <param name="width">The number of its inputs after expansion.</param>
    /// <param name="fanIn">The total number of edges of a neuron's children before pruning; 0 for a layer without weights.</param>
    public abstract string Describe(LayerPlan plan, long width, long fanIn);

    /// <summary>Describes the output shape of the layer; empty if it equals the input shape.</summary>
    public abstract string ShapeAfter(LayerPlan plan);

    /// <summary>Returns the product that is the number of weights in the dense parent.</summary>
    public virtual string DenseTerm(LayerPlan plan) => Invariant($"{plan.Inputs}·{plan.Outputs}");
}
