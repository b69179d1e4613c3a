using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using static System.FormattableString;

namespace Fpe.Generators.Kinds;

/// <summary><c>[LayerNorm]</c>: values normalised over each sample.</summary>
internal sealed class LayerNormKind : LayerKind<LayerNormPlan>
{
    /// <inheritdoc/>
    public override string Name => "LayerNorm";

    /// <inheritdoc/>
    public override DeclaredLayer Read(LayerProperty property, Findings findings) => new Declared(property, NormOption.ReadEpsilon(property, findings));

    /// <inheritdoc/>
    protected override string CreationOf(LayerNormPlan plan) =>
        Invariant($"new {TypeName}Plan(\"{plan.Name}\", {plan.Width}{PlanText.Option("Epsilon", plan.Epsilon, NormOption.UsualEpsilon)})");

    /// <inheritdoc/>
    protected override string Describe(LayerNormPlan plan, long width, long fanIn) =>
        Invariant($"{Words.Count(width, "value")}, normalised over each sample; {Words.Count(2 * width, "parameter")}");

    /// <inheritdoc/>
    protected override string ShapeAfter(LayerNormPlan plan) => string.Empty;

    private sealed class Declared(LayerProperty property, double epsilon) : PassingLayer(property)
    {
        /// <inheritdoc/>
        protected override LayerPlan OwnPlan => new LayerNormPlan(Name, Input!.Value.Count, epsilon);
    }
}
