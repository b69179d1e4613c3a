using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;
using static System.FormattableString;

namespace Fpe.Generators.Kinds;

/// <summary><c>[Dropout]</c>: values that are dropped during training.</summary>
internal sealed class DropoutKind : LayerKind<DropoutPlan>
{
    private const string Rate = "rate";

    /// <inheritdoc/>
    public override string Name => "Dropout";

    /// <inheritdoc/>
    public override bool ReadsImages => false;

    /// <inheritdoc/>
    public override DeclaredLayer Read(LayerProperty property, Findings findings) => new Declared(property, ReadRate(property, findings));

    /// <inheritdoc/>
    protected override string CreationOf(DropoutPlan plan) => Invariant($"new {TypeName}Plan(\"{plan.Name}\", {plan.Width}, {plan.Rate:R})");

    /// <inheritdoc/>
    protected override string Describe(DropoutPlan plan, long width, long fanIn) =>
        Invariant($"{Words.Count(width, "value")}, each set to zero with probability {plan.Rate:R} during training");

    /// <inheritdoc/>
    protected override string ShapeAfter(DropoutPlan plan) => string.Empty;

    /// <summary>Returns the rate; 0 if it is not valid.</summary>
    private static double ReadRate(LayerProperty property, Findings findings)
    {
        if (property.Layer.Value(Rate, 0.0) is not { } rate)
            findings.MarkBroken();
        else if (rate is >= 0 and < 1)
            return rate;
        else
            findings.Add(LayerRules.DropoutRate, property.Layer.LocationOf(Rate), property.Subject, rate);
        return 0;
    }

    private sealed class Declared(LayerProperty property, double rate) : DeclaredLayer(property)
    {
        /// <inheritdoc/>
        public override bool DropsValues => true;

        /// <inheritdoc/>
        protected override LayerPlan BarePlan => new DropoutPlan(Name, Input!.Value.Count, rate);
    }
}
