using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using static System.FormattableString;

namespace Fpe.Generators.Kinds;

/// <summary><c>[Relu]</c>, <c>[Gelu]</c> or another activation alone: a function of each value.</summary>
internal sealed class ActivationKind : LayerKind<ActivationPlan>
{
    /// <inheritdoc/>
    public override string Name => "Activation";

    /// <inheritdoc/>
    public override bool AllowsActivation => true;

    /// <inheritdoc/>
    public override bool ReadsImages => false;

    /// <inheritdoc/>
    public override DeclaredLayer Read(LayerProperty property, Findings findings) => new Declared(property);

    /// <inheritdoc/>
    protected override string CreationOf(ActivationPlan plan) =>
        Invariant($"new {TypeName}Plan(\"{plan.Name}\", {plan.Width}{PlanText.Argument(plan.Function)})");

    /// <inheritdoc/>
    protected override string Describe(ActivationPlan plan, long width, long fanIn) => Words.Count(width, "value") + Words.Activation(plan.Function);

    /// <inheritdoc/>
    protected override string ShapeAfter(ActivationPlan plan) => string.Empty;

    private sealed class Declared(LayerProperty property) : DeclaredLayer(property)
    {
        /// <inheritdoc/>
        public override bool IsLinear => false;

        /// <inheritdoc/>
        protected override LayerPlan BarePlan => new ActivationPlan(Name, Input!.Value.Count, Activation);
    }
}
