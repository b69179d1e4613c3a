using System.Linq;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;
using static System.FormattableString;

namespace Fpe.Generators.Kinds;

/// <summary><c>[SelfAttention]</c>: each place of a sequence attends to all places.</summary>
internal sealed class SelfAttentionKind : LayerKind<SelfAttentionPlan>
{
    private const string Heads = "heads";

    /// <summary>The number of values for each output: a query, a key and a value.</summary>
    private const int Roles = 3;

    /// <inheritdoc/>
    public override string Name => "SelfAttention";

    /// <inheritdoc/>
    public override bool ReadsImages => false;

    /// <inheritdoc/>
    public override DeclaredLayer Read(LayerProperty property, Findings findings) =>
        new Declared(property, PositiveSize.Read(property.Layer, Heads, "the number of heads", property.Subject, findings));

    /// <inheritdoc/>
    protected override string CreationOf(SelfAttentionPlan plan) => Invariant(
        $"new {TypeName}Plan(\"{plan.Name}\", Units: {plan.Units}, Places: {plan.Places}, Heads: {plan.Heads}{PlanText.ReadsTokens(plan.ReadsTokens)})");

    /// <inheritdoc/>
    protected override string Describe(SelfAttentionPlan plan, long width, long fanIn)
    {
        string which = plan.ReadsTokens ? $" with a token of {Words.Sources([plan.From[1]], string.Empty)}" : string.Empty;
        return Invariant($"queries, keys and values of {plan.Units} units each → {plan.Units} units at {plan.Places} places, {Words.Count(plan.Heads, "head")}; each place attends to all places{which}");
    }

    /// <inheritdoc/>
    protected override string ShapeAfter(SelfAttentionPlan plan) => Invariant($"{plan.Units} × {plan.Places} places");

    private sealed class Declared(LayerProperty property, int heads) : DeclaredLayer(property)
    {
        /// <inheritdoc/>
        public override bool IsLinear => false;

        /// <summary>Heads take their units by position, and queries, keys and values a third each.</summary>
        public override bool ReadsChildren => false;

        /// <inheritdoc/>
        protected override LayerPlan BarePlan =>
            new SelfAttentionPlan(Name, Output!.Value.Units, Output.Value.Places, heads, TokensOfPlaces is not null);

        /// <inheritdoc/>
        protected override string? TokensOfPlaces => Input?.Tokens;

        /// <inheritdoc/>
        protected override Shape? OutputOf(Shape? input, Findings findings)
        {
            if (SequenceInput.Require(this, input, findings) is not { } sequence || heads == 0)
                return null;
            if (sequence.Units % Roles != 0)
            {
                int nearest = (sequence.Units / Roles) + 1;
                findings.Add(
                    SequenceRules.Heads, Attribute.Location, Subject,
                    Invariant($"attention reads queries, keys and values of the same size, but {sequence.Units} units are not a multiple of {Roles}"),
                    Invariant($"give the layer that it reads {Roles} times as many units as the result should have, such as {Roles * nearest}"));
                return null;
            }

            int units = sequence.Units / Roles;
            if (units % heads == 0)
                return SequenceOf(sequence, units, findings);
            int[] divisors = [.. Enumerable.Range(1, units).Where(divisor => units % divisor == 0)];
            string nearby = Words.Either([.. divisors.Where(divisor => divisor < heads).Reverse().Take(1).Concat(divisors.Where(divisor => divisor > heads).Take(1)).Select(divisor => Invariant($"{divisor}"))]);
            findings.Add(
                SequenceRules.Heads, Attribute.LocationOf(Heads), Subject,
                Invariant($"{Words.Count(heads, "head")} cannot share {Words.Count(units, "unit")} equally"), $"use {nearby}");
            return null;
        }

        private Shape? SequenceOf(Shape sequence, int units, Findings findings)
        {
            long weights = (long)heads * sequence.Places * sequence.Places;
            if (weights <= LayerPlan.MaximumWidth)
                return sequence.WithUnits(units);
            findings.Add(CountRules.TooWide, Attribute.Location, Subject, weights, "numbers that say how much each place attends to each", LayerPlan.MaximumWidth);
            return null;
        }
    }
}
