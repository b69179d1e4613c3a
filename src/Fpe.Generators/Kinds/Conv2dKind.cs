using System.Collections.Generic;
using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using static System.FormattableString;

namespace Fpe.Generators.Kinds;

/// <summary><c>[Conv2d]</c>: a convolution.</summary>
internal sealed class Conv2dKind : ConvolutionKind<Conv2dPlan>
{
    private const string Filters = "filters";

    /// <inheritdoc/>
    public override string Name => "Conv2d";

    /// <inheritdoc/>
    public override bool AllowsExpansion => true;

    /// <inheritdoc/>
    public override DeclaredLayer Read(LayerProperty property, Findings findings)
    {
        int filters = PositiveSize.Read(property.Layer, Filters, "the number of filters", property.Subject, findings);
        Window window = Window.ReadPadded(property, findings);
        return new Declared(property, window, ReadGroups(property, findings)) { Neurons = filters };
    }

    /// <inheritdoc/>
    protected override string CreationOf(Conv2dPlan plan)
    {
        WindowSide side = plan.Window.Rows;
        string window = plan.Groups == 1 && plan.Window == Window2d.Square(side.Kernel, side.Stride, side.Padding)
            ? Invariant($"Kernel: {side.Kernel}") + PlanText.Option("Stride", side.Stride, 1) + PlanText.Option("Padding", side.Padding, 0)
            : $"Window: {PlanText.Argument(plan.Window)}" + PlanText.Option("Groups", plan.Groups, 1);
        return Invariant($"new {TypeName}Plan(\"{plan.Name}\", {PlanText.Argument(plan.Input)}, Filters: {plan.Filters}, {window}")
            + PlanText.Argument(plan.Activation, "Activation: ") + ")";
    }

    /// <inheritdoc/>
    protected override IEnumerable<string> OptionsOf(Conv2dPlan plan) =>
        plan.Expansion.IsExpanded ? [$"Expansion = {ExpansionText.Of(plan.Expansion)}"] : [];

    /// <inheritdoc/>
    protected override ExpansionPlan ExpansionOf(Conv2dPlan plan) => plan.Expansion;

    /// <inheritdoc/>
    protected override string GroupsOf(Conv2dPlan plan) => plan.Groups == 1 ? string.Empty : Invariant($", {plan.Groups} groups");

    private sealed class Declared(LayerProperty property, Window window, int groups) : GroupedConvolution(property, window, groups)
    {
        /// <inheritdoc/>
        protected override LayerPlan BarePlan => new Conv2dPlan(Name, Image, Neurons, Sides, GroupCount, Activation) { Expansion = ExpansionPlan };

        /// <inheritdoc/>
        protected override Shape? OutputOf(Shape? input, Findings findings) => Slide(ImageInput.RequireShape(this, input, findings), findings);
    }
}
