using System.Collections.Generic;
using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;
using static System.FormattableString;

namespace Fpe.Generators.Kinds;

/// <summary><c>[Conv2d]</c>: a convolution.</summary>
internal sealed class Conv2dKind : ConvolutionKind<Conv2dPlan>
{
    private const string Filters = "filters";
    private const string GroupsArgument = "Groups";

    /// <inheritdoc/>
    public override string Name => "Conv2d";

    /// <inheritdoc/>
    public override bool AllowsExpansion => true;

    /// <inheritdoc/>
    public override DeclaredLayer Read(LayerProperty property, Findings findings)
    {
        int filters = PositiveSize.Read(property.Layer, Filters, "the number of filters", property.Subject, findings);
        Window window = Window.ReadPadded(property, findings);
        int groups = property.Layer.Has(GroupsArgument) ? PositiveSize.Read(property.Layer, GroupsArgument, "the number of groups", property.Subject, findings) : 1;
        return new Declared(property, window, groups) { Neurons = filters };
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

    private sealed class Declared(LayerProperty property, Window window, int groups) : DeclaredConvolution(property, window)
    {
        /// <inheritdoc/>
        public override string SizeArgument => Filters;

        /// <inheritdoc/>
        public override string Remedy => "use fewer filters or a smaller kernel";

        /// <inheritdoc/>
        public override string? WhyNotExpanded => groups > 1 && Output is not null ? ((Conv2dPlan)BarePlan).WhyNotExpanded : null;

        /// <inheritdoc/>
        protected override int ChannelsOfFilter => groups == 0 ? 0 : (Input?.Image?.Channels ?? 0) / groups;

        /// <inheritdoc/>
        protected override LayerPlan BarePlan => new Conv2dPlan(Name, Image, Neurons, Sides, groups, Activation) { Expansion = ExpansionPlan };

        /// <inheritdoc/>
        protected override Shape? OutputOf(Shape? input, Findings findings)
        {
            if (ImageInput.Require(this, input, findings) is not { } image || groups == 0 || Neurons == 0)
                return null;
            if (image.Channels % groups == 0 && Neurons % groups == 0)
                return Slide(image, findings);
            findings.Add(ImageRules.Groups, Attribute.LocationOf(GroupsArgument), Subject, groups, image.Channels, Neurons);
            return null;
        }
    }
}
