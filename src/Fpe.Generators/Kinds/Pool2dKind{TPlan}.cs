using Fpe.Compute;
using Fpe.Generators.Declarations;
using static System.FormattableString;

namespace Fpe.Generators.Kinds;

/// <summary>A kind whose layers make one value of what a square window sees in each channel.</summary>
internal abstract class Pool2dKind<TPlan> : LayerKind<TPlan>
    where TPlan : Pool2dPlan
{
    /// <inheritdoc/>
    public sealed override bool ReadsImages => true;

    /// <summary>What is made of the values of a window, in words: "the … of 2 × 2 values".</summary>
    protected abstract string Reduction { get; }

    /// <summary>Whether that is a linear map of them.</summary>
    protected abstract bool IsLinear { get; }

    /// <inheritdoc/>
    public sealed override DeclaredLayer Read(LayerProperty property, Findings findings) =>
        new Declared(this, property, Window.ReadPooling(property, findings));

    /// <summary>The plan of a layer.</summary>
    protected abstract TPlan PlanOf(string name, ImageShape input, int kernel, int stride, int padding);

    /// <inheritdoc/>
    protected sealed override string CreationOf(TPlan plan) =>
        Invariant($"new {TypeName}Plan(\"{plan.Name}\", {PlanText.Argument(plan.Input)}, Kernel: {plan.Window.Rows.Kernel}, Stride: {plan.Window.Rows.Stride}")
        + PlanText.Option("Padding", plan.Window.Rows.Padding, 0) + ")";

    /// <inheritdoc/>
    protected sealed override string Describe(TPlan plan, long width, long fanIn) =>
        Invariant($"{ImageInput.Text(plan.Input, width)} → {plan.Shape.Output}, the {Reduction} of {Window.Text(plan.Window, "values")}");

    /// <inheritdoc/>
    protected sealed override string ShapeAfter(TPlan plan) => plan.Shape.Output.ToString();

    private sealed class Declared(Pool2dKind<TPlan> kind, LayerProperty property, Window window) : DeclaredLayer(property)
    {
        /// <inheritdoc/>
        public override bool IsLinear => kind.IsLinear;

        /// <inheritdoc/>
        protected override LayerPlan BarePlan => kind.PlanOf(Name, Input!.Value.Image!.Value, window.Sides.Rows.Kernel, window.Sides.Rows.Stride, window.Sides.Rows.Padding);

        /// <inheritdoc/>
        protected override Shape? OutputOf(Shape? input, Findings findings) =>
            ImageInput.Require(this, input, findings) is { } image ? window.Slide(this, Shape.Of(image), image.Channels, findings) : null;
    }
}
