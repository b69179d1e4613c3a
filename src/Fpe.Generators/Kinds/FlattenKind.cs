using Fpe.Generators.Declarations;
using static System.FormattableString;

namespace Fpe.Generators.Kinds;

/// <summary><c>[Flatten]</c>: an image as a vector.</summary>
internal sealed class FlattenKind : LayerKind<FlattenPlan>
{
    /// <inheritdoc/>
    public override string Name => "Flatten";

    /// <inheritdoc/>
    public override bool ReadsImages => true;

    /// <inheritdoc/>
    public override DeclaredLayer Read(LayerProperty property, Findings findings) => new Declared(property);

    /// <inheritdoc/>
    protected override string CreationOf(FlattenPlan plan) => $"new {TypeName}Plan(\"{plan.Name}\", {PlanText.Argument(plan.Input)})";

    /// <inheritdoc/>
    protected override string Describe(FlattenPlan plan, long width, long fanIn) => Invariant($"{ImageInput.Text(plan.Input, width)} → {width} values");

    /// <inheritdoc/>
    protected override string ShapeAfter(FlattenPlan plan) => Invariant($"{plan.Outputs}");

    private sealed class Declared(LayerProperty property) : DeclaredLayer(property)
    {
        /// <inheritdoc/>
        protected override LayerPlan BarePlan => new FlattenPlan(Name, Input!.Value.Image!.Value);

        /// <inheritdoc/>
        protected override Shape? OutputOf(Shape? input, Findings findings) =>
            ImageInput.Require(this, input, findings) is { } image ? Shape.Vector(image.Count) : null;
    }
}
