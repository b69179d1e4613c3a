using System;
using Fpe.Compute;
using Fpe.Generators.Declarations;
using static System.FormattableString;

namespace Fpe.Generators.Kinds;

/// <summary><c>[DepthwiseConv2d]</c>: a convolution of each channel by itself.</summary>
internal sealed class DepthwiseConv2dKind : ConvolutionKind<DepthwiseConv2dPlan>
{
    private const string Multiplier = "Multiplier";

    /// <inheritdoc/>
    public override string Name => "DepthwiseConv2d";

    /// <inheritdoc/>
    public override string WhyNotExpanded => "each filter reads a single channel, so the layer cannot be expanded";

    /// <inheritdoc/>
    public override DeclaredLayer Read(LayerProperty property, Findings findings)
    {
        Window window = Window.ReadPadded(property, findings);
        int multiplier = property.Layer.Has(Multiplier) ? PositiveSize.Read(property.Layer, Multiplier, "the multiplier", property.Subject, findings) : 1;
        return new Declared(property, window, multiplier, WhyNotExpanded);
    }

    /// <inheritdoc/>
    protected override string CreationOf(DepthwiseConv2dPlan plan) =>
        Invariant($"new {TypeName}Plan(\"{plan.Name}\", {PlanText.Argument(plan.Input)}, Multiplier: {plan.Multiplier}, Window: {PlanText.Argument(plan.Window)}")
        + PlanText.Argument(plan.Activation, "Activation: ") + ")";

    /// <inheritdoc/>
    protected override string GroupsOf(DepthwiseConv2dPlan plan) =>
        plan.Multiplier == 1 ? ", one filter per channel" : Invariant($", {plan.Multiplier} filters per channel");

    private sealed class Declared(LayerProperty property, Window window, int multiplier, string whyNotExpanded) : DeclaredConvolution(property, window)
    {
        /// <inheritdoc/>
        public override int Neurons => (int)Math.Min(int.MaxValue, (long)multiplier * (Input?.Image?.Channels ?? 0));

        /// <inheritdoc/>
        public override int GroupNeurons => multiplier;

        /// <inheritdoc/>
        public override string SizeArgument => Multiplier;

        /// <inheritdoc/>
        public override string Remedy => "use a smaller multiplier or kernel";

        /// <inheritdoc/>
        public override string? WhyNotExpanded => whyNotExpanded;

        /// <inheritdoc/>
        protected override int ChannelsOfFilter => 1;

        /// <inheritdoc/>
        protected override LayerPlan BarePlan => new DepthwiseConv2dPlan(Name, Image, multiplier, Sides, Activation);

        /// <inheritdoc/>
        protected override Shape? OutputOf(Shape? input, Findings findings) => Slide(ImageInput.RequireShape(this, input, findings), findings);
    }
}
