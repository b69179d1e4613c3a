using Fpe.Generators.Declarations;
using static System.FormattableString;

namespace Fpe.Generators.Kinds;

/// <summary><c>[MaxPool2d]</c>: the largest value of each window.</summary>
internal sealed class MaxPool2dKind : LayerKind<MaxPool2dPlan>
{
    /// <inheritdoc/>
    public override string Name => "MaxPool2d";

    /// <inheritdoc/>
    public override bool ReadsImages => true;

    /// <inheritdoc/>
    public override DeclaredLayer Read(LayerProperty property, Findings findings) => new Declared(property, Window.ReadPooling(property, findings));

    /// <inheritdoc/>
    protected override string CreationOf(MaxPool2dPlan plan) =>
        Invariant($"new {TypeName}Plan(\"{plan.Name}\", {PlanText.Argument(plan.Input)}, Kernel: {plan.Kernel}, Stride: {plan.Stride})");

    /// <inheritdoc/>
    protected override string Describe(MaxPool2dPlan plan, long width, long fanIn) =>
        Invariant($"{ImageInput.Text(plan.Input, width)} → {plan.Shape.Output}, the largest of {plan.Kernel} × {plan.Kernel} values{Window.Steps(plan.Stride)}");

    /// <inheritdoc/>
    protected override string ShapeAfter(MaxPool2dPlan plan) => plan.Shape.Output.ToString();

    private sealed class Declared(LayerProperty property, Window window) : DeclaredLayer(property)
    {
        /// <inheritdoc/>
        public override bool IsLinear => false;

        /// <inheritdoc/>
        protected override LayerPlan BarePlan => new MaxPool2dPlan(Name, Input!.Value.Image!.Value, window.Kernel, window.Stride);

        /// <inheritdoc/>
        protected override Shape? OutputOf(Shape? input, Findings findings) =>
            ImageInput.Require(this, input, findings) is { } image ? window.Slide(this, image, image.Channels, findings) : null;
    }
}
