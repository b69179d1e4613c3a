using System.Collections.Generic;
using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;
using static System.FormattableString;

namespace Fpe.Generators.Kinds;

/// <summary><c>[Conv1d]</c>: a convolution over the places of a sequence.</summary>
internal sealed class Conv1dKind : ConvolutionKind<Conv1dPlan>
{
    private const string Filters = "filters";

    /// <inheritdoc/>
    public override string Name => "Conv1d";

    /// <inheritdoc/>
    public override bool AllowsExpansion => true;

    /// <inheritdoc/>
    public override bool ReadsImages => false;

    /// <inheritdoc/>
    public override DeclaredLayer Read(LayerProperty property, Findings findings)
    {
        int filters = PositiveSize.Read(property.Layer, Filters, "the number of filters", property.Subject, findings);
        Window window = Window.ReadPadded(property, findings).OfPlaces();
        return new Declared(property, window, ReadGroups(property, findings)) { Neurons = filters };
    }

    /// <inheritdoc/>
    protected override string CreationOf(Conv1dPlan plan) =>
        Invariant($"new {TypeName}Plan(\"{plan.Name}\", Units: {plan.Units}, Places: {plan.Places}, Filters: {plan.Filters}, Kernel: {plan.Kernel}")
        + PlanText.Option("Stride", plan.Stride, 1) + PlanText.Option("Padding", plan.Padding, 0) + PlanText.Option("Dilation", plan.Dilation, 1)
        + PlanText.Option("Groups", plan.Groups, 1) + PlanText.Argument(plan.Activation, "Activation: ") + ")";

    /// <inheritdoc/>
    protected override IEnumerable<string> OptionsOf(Conv1dPlan plan) =>
        plan.Expansion.IsExpanded ? [$"Expansion = {ExpansionText.Of(plan.Expansion)}"] : [];

    /// <inheritdoc/>
    protected override ExpansionPlan ExpansionOf(Conv1dPlan plan) => plan.Expansion;

    /// <inheritdoc/>
    protected override string GroupsOf(Conv1dPlan plan) => plan.Groups == 1 ? string.Empty : Invariant($", {plan.Groups} groups");

    /// <inheritdoc/>
    protected override string TextOf(ImageShape sequence, long width) => SequenceInput.Text(sequence, width);

    /// <inheritdoc/>
    protected override string TextOf(Window2d window) => Window.TextOfPlaces(window.Columns);

    /// <inheritdoc/>
    protected override string DenseTerm(Conv1dPlan plan) => Invariant($"{plan.Shape.GroupChannels}·{plan.Kernel}·{plan.Filters}");

    private sealed class Declared(LayerProperty property, Window window, int groups) : GroupedConvolution(property, window, groups)
    {
        /// <inheritdoc/>
        protected override LayerPlan BarePlan
        {
            get
            {
                WindowSide side = Sides.Columns;
                return new Conv1dPlan(Name, Image.Channels, Image.Width, Neurons, side.Kernel, side.Stride, side.Padding, side.Dilation, GroupCount, Activation)
                {
                    Expansion = ExpansionPlan,
                };
            }
        }

        /// <inheritdoc/>
        protected override Shape? OutputOf(Shape? input, Findings findings) => Slide(SequenceInput.RequireRow(this, input, findings), findings);
    }
}
