using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using static System.FormattableString;

namespace Fpe.Generators.Kinds;

/// <summary><c>[Dropout]</c>: values that are dropped during training.</summary>
internal sealed class DropoutKind : LayerKind<DropoutPlan>
{
    /// <inheritdoc/>
    public override string Name => "Dropout";

    /// <inheritdoc/>
    public override bool ReadsImages => false;

    /// <inheritdoc/>
    public override DeclaredLayer Read(LayerProperty property, Findings findings) => new Declared(property, DropoutRate.Read(property, findings));

    /// <inheritdoc/>
    protected override string CreationOf(DropoutPlan plan) => Invariant($"new {TypeName}Plan(\"{plan.Name}\", {plan.Width}, {plan.Rate:R})");

    /// <inheritdoc/>
    protected override string Describe(DropoutPlan plan, long width, long fanIn) =>
        Invariant($"{Words.Count(width, "value")}, each set to zero with probability {plan.Rate:R} during training");

    /// <inheritdoc/>
    protected override string ShapeAfter(DropoutPlan plan) => string.Empty;

    private sealed class Declared(LayerProperty property, double rate) : DeclaredLayer(property)
    {
        /// <inheritdoc/>
        public override bool DropsValues => true;

        /// <inheritdoc/>
        protected override LayerPlan BarePlan => new DropoutPlan(Name, Input!.Value.Count, rate);
    }
}
