using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using static System.FormattableString;

namespace Fpe.Generators.Kinds;

/// <summary><c>[BatchNorm]</c>: values, or channels of images, normalised over the batch.</summary>
internal sealed class BatchNormKind : LayerKind<BatchNormPlan>
{
    /// <inheritdoc/>
    public override string Name => "BatchNorm";

    /// <inheritdoc/>
    public override DeclaredLayer Read(LayerProperty property, Findings findings) =>
        new Declared(property, NormOption.ReadEpsilon(property, findings), NormOption.ReadMomentum(property, findings));

    /// <inheritdoc/>
    protected override string CreationOf(BatchNormPlan plan) => Invariant($"new {TypeName}Plan(\"{plan.Name}\", {plan.Units}")
        + PlanText.Option("Places", plan.Places, 1) + PlanText.Option("Epsilon", plan.Epsilon, NormOption.UsualEpsilon)
        + PlanText.Option("Momentum", plan.Momentum, NormOption.UsualMomentum) + ")";

    /// <inheritdoc/>
    protected override string Describe(BatchNormPlan plan, long width, long fanIn)
    {
        string units = Words.Count(width / plan.Places, plan.Places == 1 ? "value" : "channel");
        return $"{units}, normalised over the batch; {Words.Count(2 * width / plan.Places, "parameter")}";
    }

    /// <inheritdoc/>
    protected override string ShapeAfter(BatchNormPlan plan) => string.Empty;

    private sealed class Declared(LayerProperty property, double epsilon, double momentum) : PassingLayer(property)
    {
        /// <inheritdoc/>
        protected override LayerPlan OwnPlan => new BatchNormPlan(Name, Input!.Value.Units, Input.Value.Places, epsilon, momentum);
    }
}
