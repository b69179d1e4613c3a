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
        Invariant($"new {TypeName}Plan(\"{plan.Name}\", {plan.Inputs}, {plan.Neurons}{PlanText.Argument(plan.Activation)})");

    /// <inheritdoc/>
    protected override IEnumerable<string> OptionsOf(LinearPlan plan) =>
        plan.Expansion.IsExpanded ? [$"Expansion = {ExpansionText.Of(plan.Expansion)}"] : [];

    /// <inheritdoc/>
    protected override ExpansionPlan ExpansionOf(LinearPlan plan) => plan.Expansion;

    /// <inheritdoc/>
    protected override string Describe(LinearPlan plan, long width, long fanIn)
    {
        string inputs = fanIn == width ? Words.Count(width, "input") : Invariant($"{fanIn} of {width} inputs");
        string children = plan.Expansion.Factor == 1 ? string.Empty : Invariant($" × {plan.Expansion.Factor} children");
        return $"{inputs} → {Words.Count(plan.Neurons, "neuron")}{children}{Words.Activation(plan.Activation)}";
    }

    /// <inheritdoc/>
    protected override string ShapeAfter(LinearPlan plan) => plan.Expansion.Factor == 1
        ? Invariant($"{plan.Neurons}")
        : Invariant($"{plan.Neurons} × {plan.Expansion.Factor} children");

    private sealed class Declared(LayerProperty property) : ExpandableLayer(property)
    {
        /// <inheritdoc/>
        public override int Inputs => Input?.Count ?? 0;

        /// <inheritdoc/>
        public override string SizeArgument => LinearKind.Neurons;

        /// <inheritdoc/>
        public override string Remedy => "use fewer neurons or a smaller factor";

        /// <inheritdoc/>
        protected override LayerPlan BarePlan => new LinearPlan(Name, Inputs, Neurons, Activation) { Expansion = ExpansionPlan };

        /// <inheritdoc/>
        protected override Shape? OutputOf(Shape? input, Findings findings)
        {
            if (input is { Image: { } image })
                findings.Add(ImageRules.NeedsFlatten, Attribute.Location, Subject, image);
            return Neurons > 0 ? Shape.Vector(Neurons) : null;
        }
    }
}
