using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using static System.FormattableString;

namespace Fpe.Generators.Kinds;

/// <summary><c>[BatchNorm]</c>: each value of a vector, or each channel of an image, normalised over the batch.</summary>
internal sealed class BatchNormKind : LayerKind<BatchNormPlan>
{
    private const string MomentumArgument = "Momentum";
    private const double UsualMomentum = 0.1;

    /// <inheritdoc/>
    public override string Name => "BatchNorm";

    /// <inheritdoc/>
    public override bool ReadsImages => false;

    /// <inheritdoc/>
    public override DeclaredLayer Read(LayerProperty property, Findings findings)
    {
        double epsilon = NormNumber.ReadEpsilon(property, findings);
        double momentum = NormNumber.Read(
            property, MomentumArgument, UsualMomentum, number => number is > 0 and <= 1, "greater than 0 and at most 1", findings);
        return new Declared(property, epsilon, momentum);
    }

    /// <inheritdoc/>
    protected override string CreationOf(BatchNormPlan plan) =>
        Invariant($"new {TypeName}Plan(\"{plan.Name}\", {plan.Units}") + PlanText.Option("Places", plan.Places, 1)
        + PlanText.Option(NormNumber.EpsilonArgument, plan.Epsilon, NormNumber.UsualEpsilon)
        + PlanText.Option(MomentumArgument, plan.Momentum, UsualMomentum) + ")";

    /// <inheritdoc/>
    protected override string Describe(BatchNormPlan plan, long width, long fanIn)
    {
        string units = plan.Places == 1
            ? Words.Count(width, "value")
            : $"{Words.Count(width / plan.Places, "channel")} of {Words.Count(plan.Places, "pixel")}";
        return $"{units}, normalised over the batch, with a learned scale and shift each";
    }

    /// <inheritdoc/>
    protected override string ShapeAfter(BatchNormPlan plan) => string.Empty;

    private sealed class Declared(LayerProperty property, double epsilon, double momentum) : DeclaredLayer(property)
    {
        /// <inheritdoc/>
        protected override LayerPlan BarePlan => new BatchNormPlan(Name, Input!.Value.Units, Input.Value.Places, epsilon, momentum);
    }
}
