using Fpe.Compute;
using Fpe.Counting;
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
    public override bool ReadsImages => true;

    /// <inheritdoc/>
    public override DeclaredLayer Read(LayerProperty property, Findings findings)
    {
        int filters = PositiveSize.Read(property.Layer, Filters, "the number of filters", property.Subject, findings);
        return new Declared(property, filters, Window.ReadPadded(property, findings));
    }

    /// <inheritdoc/>
    protected override string CreationOf(Conv2dPlan plan) =>
        Invariant($"new {TypeName}Plan(\"{plan.Name}\", {PlanText.Argument(plan.Input)}, Filters: {plan.Filters}, Kernel: {plan.Kernel}")
        + PlanText.Option("Stride", plan.Stride, 1) + PlanText.Option("Padding", plan.Padding, 0) + PlanText.Argument(plan.Activation, "Activation: ") + ")";

    /// <inheritdoc/>
    protected override string Describe(Conv2dPlan plan, long width, long fanIn)
    {
        string padding = plan.Padding == 0 ? string.Empty : Invariant($", padding {plan.Padding}");
        return Invariant($"{plan.Input} → {plan.Shape.Output}, {plan.Kernel} × {plan.Kernel} windows{Window.Steps(plan.Stride)}{padding}")
            + Words.Activation(plan.Activation);
    }

    /// <inheritdoc/>
    protected override string ShapeAfter(Conv2dPlan plan) => plan.Shape.Output.ToString();

    /// <inheritdoc/>
    protected override string DenseTerm(Conv2dPlan plan) =>
        Invariant($"{plan.Input.Channels}·{plan.Kernel}·{plan.Kernel}·{plan.Filters}");

    private sealed class Declared(LayerProperty property, int filters, Window window) : WeightedLayer(property)
    {
        /// <inheritdoc/>
        public override ExpandableLayer? Expanded => null;

        /// <inheritdoc/>
        public override string SizeArgument => Filters;

        /// <inheritdoc/>
        public override string Remedy => "use fewer filters or a smaller kernel";

        /// <inheritdoc/>
        public override decimal Weights => (decimal)filters * (Image?.Channels ?? 0) * window.Kernel * window.Kernel;

        /// <inheritdoc/>
        public override LayerSize Size => LayerSize.OfConvolution(Image?.Channels ?? 0, window.Kernel, filters);

        /// <inheritdoc/>
        public override LayerPlan Plan =>
            new Conv2dPlan(Name, Image!.Value, filters, window.Kernel, window.Stride, window.Padding!.Value, Activation);

        private ImageShape? Image => Input?.Image;

        /// <inheritdoc/>
        protected override Shape? OutputOf(Shape? input, Findings findings) =>
            ImageInput.Require(this, input, findings) is { } image ? window.Slide(this, image, filters, findings) : null;
    }
}
