using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using static System.FormattableString;

namespace Fpe.Generators.Kinds;

/// <summary><c>[LayerNorm]</c>: the values of each sample, normalised.</summary>
internal sealed class LayerNormKind : LayerKind<LayerNormPlan>
{
    /// <inheritdoc/>
    public override string Name => "LayerNorm";

    /// <inheritdoc/>
    public override bool ReadsImages => false;

    /// <inheritdoc/>
    public override DeclaredLayer Read(LayerProperty property, Findings findings) => new Declared(property, NormNumber.ReadEpsilon(property, findings));

    /// <inheritdoc/>
    protected override string CreationOf(LayerNormPlan plan) =>
        Invariant($"new {TypeName}Plan(\"{plan.Name}\", {plan.Width}")
        + PlanText.Option(NormNumber.EpsilonArgument, plan.Epsilon, NormNumber.UsualEpsilon) + PlanText.Option("Places", plan.Places, 1) + ")";

    /// <inheritdoc/>
    protected override string Describe(LayerNormPlan plan, long width, long fanIn) => plan.Places == 1
        ? $"{Words.Count(width, "value")}, normalised over each sample, with a learned scale and shift each"
        : $"{Words.Count(width / plan.Places, "unit")} at {plan.Places} places, normalised at each place, with a learned scale and shift each";

    /// <inheritdoc/>
    protected override string ShapeAfter(LayerNormPlan plan) => string.Empty;

    private sealed class Declared(LayerProperty property, double epsilon) : DeclaredLayer(property)
    {
        /// <inheritdoc/>
        public override bool IsLinear => false;

        /// <inheritdoc/>
        protected override LayerPlan BarePlan => new LayerNormPlan(Name, Input!.Value.Count, epsilon, Input.Value.IsSequence ? Input.Value.Places : 1);
    }
}
