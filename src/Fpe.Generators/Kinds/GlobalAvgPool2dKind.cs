using Fpe.Generators.Declarations;
using static System.FormattableString;

namespace Fpe.Generators.Kinds;

/// <summary><c>[GlobalAvgPool2d]</c>: the mean of each channel of an image.</summary>
internal sealed class GlobalAvgPool2dKind : LayerKind<GlobalAvgPool2dPlan>
{
    /// <inheritdoc/>
    public override string Name => "GlobalAvgPool2d";

    /// <inheritdoc/>
    public override bool ReadsImages => true;

    /// <inheritdoc/>
    public override DeclaredLayer Read(LayerProperty property, Findings findings) => new Declared(property);

    /// <inheritdoc/>
    protected override string CreationOf(GlobalAvgPool2dPlan plan) => $"new {TypeName}Plan(\"{plan.Name}\", {PlanText.Argument(plan.Input)})";

    /// <inheritdoc/>
    protected override string Describe(GlobalAvgPool2dPlan plan, long width, long fanIn) =>
        Invariant($"{ImageInput.Text(plan.Input, width)} → {width / plan.Input.Pixels} values, the mean of each channel");

    /// <inheritdoc/>
    protected override string ShapeAfter(GlobalAvgPool2dPlan plan) => Invariant($"{plan.Outputs}");

    private sealed class Declared(LayerProperty property) : DeclaredLayer(property)
    {
        /// <inheritdoc/>
        protected override LayerPlan BarePlan => new GlobalAvgPool2dPlan(Name, Input!.Value.Image!.Value);

        /// <inheritdoc/>
        protected override Shape? OutputOf(Shape? input, Findings findings) =>
            ImageInput.Require(this, input, findings) is { } image ? Shape.Vector(image.Channels) : null;
    }
}
