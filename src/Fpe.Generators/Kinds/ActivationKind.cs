using System;
using Fpe.Compute;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using static System.FormattableString;

namespace Fpe.Generators.Kinds;

/// <summary>An activation on a property of type <c>Activation</c>: a layer of its own.</summary>
internal sealed class ActivationKind : LayerKind<ActivationPlan>
{
    /// <inheritdoc/>
    public override string Name => "Activation";

    /// <summary>The function that an attribute applies; <see cref="ActivationFunction.Identity"/> if it is no activation.</summary>
    public static ActivationFunction FunctionOf(DeclaredAttribute attribute) =>
        Enum.TryParse(attribute.Name, out ActivationFunction function) ? function : ActivationFunction.Identity;

    /// <inheritdoc/>
    public override DeclaredLayer Read(LayerProperty property, Findings findings) => new Declared(property);

    /// <inheritdoc/>
    protected override string CreationOf(ActivationPlan plan) =>
        Invariant($"new {TypeName}Plan(\"{plan.Name}\", {plan.Width}{PlanText.Argument(plan.Function)})");

    /// <inheritdoc/>
    protected override string Describe(ActivationPlan plan, long width, long fanIn) => Words.Count(width, "value") + Words.Activation(plan.Function);

    /// <inheritdoc/>
    protected override string ShapeAfter(ActivationPlan plan) => string.Empty;

    private sealed class Declared(LayerProperty property) : PassingLayer(property)
    {
        /// <inheritdoc/>
        protected override LayerPlan OwnPlan => new ActivationPlan(Name, Input!.Value.Count, FunctionOf(Attribute));
    }
}
