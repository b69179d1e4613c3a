using System.Collections.Generic;
using Fpe.Expansion;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;
using static System.FormattableString;

namespace Fpe.Generators.Kinds;

/// <summary><c>[Linear]</c>: a fully connected layer.</summary>
internal sealed class LinearKind : LayerKind<LinearPlan>
{
    private const string Neurons = "neurons";

    /// <inheritdoc/>
    public override string Name => "Linear";

    /// <inheritdoc/>
    public override bool AllowsActivation => true;

    /// <inheritdoc/>
    public override bool AllowsExpansion => true;

    /// <inheritdoc/>
    public override bool ReadsImages => false;

    /// <inheritdoc/>
    public override DeclaredLayer Read(LayerProperty property, Findings findings) => new Declared(property)
    {
        Neurons = PositiveSize.Read(property.Layer, Neurons, "the number of neurons", property.Subject, findings),
    };

    /// <inheritdoc/>
    protected override string CreationOf(LinearPlan plan) =>
        Invariant($"new {TypeName}Plan(\"{plan.Name}\", {plan.FanIn}, {plan.Neurons}")
        + PlanText.Argument(plan.Activation, plan.Places == 1 ? string.Empty : "Activation: ") + PlanText.Option("Places", plan.Places, 1) + ")";

    /// <inheritdoc/>
    protected override IEnumerable<string> OptionsOf(LinearPlan plan) =>
        plan.Expansion.IsExpanded ? [$"Expansion = {ExpansionText.Of(plan.Expansion)}"] : [];

    /// <inheritdoc/>
    protected override ExpansionPlan ExpansionOf(LinearPlan plan) => plan.Expansion;

    /// <inheritdoc/>
    protected override string Describe(LinearPlan plan, long width, long fanIn)
    {
        width /= plan.Places;
        string inputs = fanIn == width ? Words.Count(width, "input") : Invariant($"{fanIn} of {width} inputs");
        string children = plan.Expansion.Factor == 1 ? string.Empty : Invariant($" × {plan.Expansion.Factor} children");
        return $"{inputs} → {Words.Count(plan.Neurons, "neuron")}{children}{OfPlaces(plan)}{ExpansionText.Shared(plan.Expansion)}{Words.Activation(plan.Activation)}";
    }

    /// <inheritdoc/>
    protected override string ShapeAfter(LinearPlan plan) => plan.Expansion.Factor == 1
        ? Invariant($"{plan.Neurons}{OfPlaces(plan)}")
        : Invariant($"{plan.Neurons} × {plan.Expansion.Factor} children{OfPlaces(plan)}");

    /// <inheritdoc/>
    protected override string DenseTerm(LinearPlan plan) => Invariant($"{plan.FanIn}·{plan.Neurons}");

    private static string OfPlaces(LinearPlan plan) => plan.Places == 1 ? string.Empty : Invariant($" at {plan.Places} places");

    private sealed class Declared(LayerProperty property) : ExpandableLayer(property)
    {
        /// <inheritdoc/>
        public override int Inputs => Input is { IsSequence: true } sequence ? sequence.Units : Input?.Count ?? 0;

        /// <inheritdoc/>
        public override bool SharesByDefault => true;

        /// <inheritdoc/>
        public override string CostOfOwnPartitions => "1.5 to 2";

        /// <inheritdoc/>
        public override string SizeArgument => LinearKind.Neurons;

        /// <inheritdoc/>
        public override string Remedy => "use fewer neurons or a smaller factor";

        /// <inheritdoc/>
        protected override LayerPlan BarePlan => new LinearPlan(Name, Inputs, Neurons, Activation, Places) { Expansion = ExpansionPlan };

        private int Places => Input is { IsSequence: true } sequence ? sequence.Places : 1;

        /// <inheritdoc/>
        protected override Shape? OutputOf(Shape? input, Findings findings)
        {
            if (input is { IsSequence: true } sequence)
                return SequenceOf(sequence, findings);
            if (input is { Image: { } image })
                findings.Add(ImageRules.NeedsFlatten, Attribute.Location, Subject, image);
            return Neurons > 0 ? Shape.Vector(Neurons) : null;
        }

        private Shape? SequenceOf(Shape sequence, Findings findings)
        {
            long width = (long)Neurons * sequence.Places;
            if (width > LayerPlan.MaximumWidth)
                findings.Add(CountRules.TooWide, Attribute.LocationOf(LinearKind.Neurons), Subject, width, "outputs", LayerPlan.MaximumWidth);
            return Neurons > 0 && width <= LayerPlan.MaximumWidth ? sequence.WithUnits(Neurons) : null;
        }
    }
}
