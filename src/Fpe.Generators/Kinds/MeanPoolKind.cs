using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using static System.FormattableString;

namespace Fpe.Generators.Kinds;

/// <summary><c>[MeanPool]</c>: the mean of a sequence over its places.</summary>
internal sealed class MeanPoolKind : LayerKind<MeanPoolPlan>
{
    /// <inheritdoc/>
    public override string Name => "MeanPool";

    /// <inheritdoc/>
    public override bool ReadsImages => false;

    /// <inheritdoc/>
    public override DeclaredLayer Read(LayerProperty property, Findings findings) => new Declared(property);

    /// <inheritdoc/>
    protected override string CreationOf(MeanPoolPlan plan) =>
        Invariant($"new {TypeName}Plan(\"{plan.Name}\", Units: {plan.Units}, Places: {plan.Places}{PlanText.ReadsTokens(plan.ReadsTokens)})");

    /// <inheritdoc/>
    protected override string Describe(MeanPoolPlan plan, long width, long fanIn)
    {
        long units = (width - (plan.ReadsTokens ? plan.Places : 0)) / plan.Places;
        string which = plan.ReadsTokens ? $", of the places with a token of {Words.Sources([plan.From[1]], string.Empty)}" : string.Empty;
        return Invariant($"{units} × {plan.Places} places → {units} values, the mean of each unit{which}");
    }

    /// <inheritdoc/>
    protected override string ShapeAfter(MeanPoolPlan plan) => Invariant($"{plan.Units}");

    private sealed class Declared(LayerProperty property) : DeclaredLayer(property)
    {
        /// <inheritdoc/>
        protected override LayerPlan BarePlan => new MeanPoolPlan(Name, Input!.Value.Units, Input.Value.Places, TokensOfPlaces is not null);

        /// <inheritdoc/>
        protected override string? TokensOfPlaces => Input?.Tokens;

        /// <inheritdoc/>
        protected override Shape? OutputOf(Shape? input, Findings findings) =>
            SequenceInput.Require(this, input, findings) is { } sequence ? Shape.Vector(sequence.Units) : null;
    }
}
