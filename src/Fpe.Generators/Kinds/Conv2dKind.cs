using System;
using System.Collections.Generic;
using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using static System.FormattableString;

namespace Fpe.Generators.Kinds;

/// <summary><c>[Conv2d]</c>: a convolution.</summary>
internal sealed class Conv2dKind : LayerKind<Conv2dPlan>
{
    private const string Filters = "filters";

    /// <inheritdoc/>
    public override string Name => "Conv2d";

    /// <inheritdoc/>
    public override bool AllowsActivation => true;

    /// <inheritdoc/>
    public override bool AllowsExpansion => true;

    /// <inheritdoc/>
    public override bool ReadsImages => true;

    /// <inheritdoc/>
    public override DeclaredLayer Read(LayerProperty property, Findings findings)
    {
        int filters = PositiveSize.Read(property.Layer, Filters, "the number of filters", property.Subject, findings);
        return new Declared(property, Window.ReadPadded(property, findings)) { Neurons = filters };
    }

    /// <inheritdoc/>
    protected override string CreationOf(Conv2dPlan plan) =>
        Invariant($"new {TypeName}Plan(\"{plan.Name}\", {PlanText.Argument(plan.Input)}, Filters: {plan.Filters}, Kernel: {plan.Kernel}")
        + PlanText.Option("Stride", plan.Stride, 1) + PlanText.Option("Padding", plan.Padding, 0) + PlanText.Argument(plan.Activation, "Activation: ") + ")";

    /// <inheritdoc/>
    protected override IEnumerable<string> OptionsOf(Conv2dPlan plan) =>
        plan.Expansion.IsExpanded ? [$"Expansion = {ExpansionText.Of(plan.Expansion)}"] : [];

    /// <inheritdoc/>
    protected override ExpansionPlan ExpansionOf(Conv2dPlan plan) => plan.Expansion;

    /// <inheritdoc/>
    protected override string Describe(Conv2dPlan plan, long width, long fanIn)
    {
        return Invariant($"{ImageInput.Text(plan.Input, width)} → {ShapeAfter(plan)}, {plan.Kernel} × {plan.Kernel} windows{Window.Steps(plan.Stride)}{Window.Padded(plan.Padding)}")
            + Words.Activation(plan.Activation);
    }

    /// <inheritdoc/>
    protected override string ShapeAfter(Conv2dPlan plan) => ImageInput.Text(plan.Shape.Output, (long)plan.Outputs * plan.Expansion.Factor);

    /// <inheritdoc/>
    protected override string DenseTerm(Conv2dPlan plan) =>
        Invariant($"{plan.Input.Channels}·{plan.Kernel}·{plan.Kernel}·{plan.Filters}");

    private sealed class Declared(LayerProperty property, Window window) : ExpandableLayer(property)
    {
        /// <inheritdoc/>
        public override int Inputs => (int)Math.Min(int.MaxValue, FanIn);

        /// <inheritdoc/>
        public override string SizeArgument => Filters;

        /// <inheritdoc/>
        public override string Remedy => "use fewer filters or a smaller kernel";

        /// <inheritdoc/>
        public override decimal Weights => Neurons * FanIn;

        /// <summary>An expansion on a class applies to fully connected layers only.</summary>
        public override bool TakesDefault => false;

        /// <inheritdoc/>
        protected override LayerPlan BarePlan =>
            new Conv2dPlan(Name, Input!.Value.Image!.Value, Neurons, window.Kernel, window.Stride, window.Padding!.Value, Activation) { Expansion = ExpansionPlan };

        /// <summary>The number of inputs of a filter, which can exceed the maximum number of weights.</summary>
        private decimal FanIn => (decimal)(Input?.Image?.Channels ?? 0) * window.Kernel * window.Kernel;

        /// <inheritdoc/>
        protected override Shape? OutputOf(Shape? input, Findings findings) =>
            ImageInput.Require(this, input, findings) is { } image ? window.Slide(this, image, Neurons, findings) : null;
    }
}
