using System;
using System.Collections.Generic;
using Fpe.Expansion;

namespace Fpe.Generators.Kinds;

/// <summary>A kind of layer that knows the type of its plan.</summary>
internal abstract class LayerKind<TPlan> : LayerKind
    where TPlan : LayerPlan
{
    /// <inheritdoc/>
    public sealed override Type PlanType => typeof(TPlan);

    /// <inheritdoc/>
    public sealed override string CreationOf(LayerPlan plan) => CreationOf((TPlan)plan);

    /// <inheritdoc/>
    public sealed override IEnumerable<string> OptionsOf(LayerPlan plan) => OptionsOf((TPlan)plan);

    /// <inheritdoc/>
    public sealed override ExpansionPlan ExpansionOf(LayerPlan plan) => ExpansionOf((TPlan)plan);

    /// <inheritdoc/>
    public sealed override string Describe(LayerPlan plan, long width, long fanIn) => Describe((TPlan)plan, width, fanIn);

    /// <inheritdoc/>
    public sealed override string ShapeAfter(LayerPlan plan) => ShapeAfter((TPlan)plan);

    /// <inheritdoc/>
    public sealed override string DenseTerm(LayerPlan plan) => DenseTerm((TPlan)plan);

    /// <inheritdoc cref="LayerKind.CreationOf"/>
    protected abstract string CreationOf(TPlan plan);

    /// <inheritdoc cref="LayerKind.OptionsOf"/>
    protected virtual IEnumerable<string> OptionsOf(TPlan plan) => base.OptionsOf(plan);

    /// <inheritdoc cref="LayerKind.ExpansionOf"/>
    protected virtual ExpansionPlan ExpansionOf(TPlan plan) => base.ExpansionOf(plan);

    /// <inheritdoc cref="LayerKind.Describe"/>
    protected abstract string Describe(TPlan plan, long width, long fanIn);

    /// <inheritdoc cref="LayerKind.ShapeAfter"/>
    protected abstract string ShapeAfter(TPlan plan);

    /// <inheritdoc cref="LayerKind.DenseTerm"/>
    protected virtual string DenseTerm(TPlan plan) => base.DenseTerm(plan);
}
