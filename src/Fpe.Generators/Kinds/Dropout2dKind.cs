using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using static System.FormattableString;

namespace Fpe.Generators.Kinds;

/// <summary><c>[Dropout2d]</c>: channels of images that are dropped during training.</summary>
internal sealed class Dropout2dKind : LayerKind<Dropout2dPlan>
{
    /// <inheritdoc/>
    public override string Name => "Dropout2d";

    /// <inheritdoc/>
    public override bool ReadsImages => true;

    /// <inheritdoc/>
    public override DeclaredLayer Read(LayerProperty property, Findings findings) => new Declared(property, DropoutRate.Read(property, findings));

    /// <inheritdoc/>
    protected override string CreationOf(Dropout2dPlan plan) =>
        Invariant($"new {TypeName}Plan(\"{plan.Name}\", {PlanText.Argument(plan.Input)}, {plan.Rate:R})");

    /// <inheritdoc/>
    protected override string Describe(Dropout2dPlan plan, long width, long fanIn) =>
        Invariant($"{ImageInput.Text(plan.Input, width)}, each channel set to zero with probability {plan.Rate:R} during training");

    /// <inheritdoc/>
    protected override string ShapeAfter(Dropout2dPlan plan) => string.Empty;

    private sealed class Declared(LayerProperty property, double rate) : DeclaredLayer(property)
    {
        /// <inheritdoc/>
        public override bool DropsValues => true;

        /// <inheritdoc/>
        protected override LayerPlan BarePlan => new Dropout2dPlan(Name, Input!.Value.Image!.Value, rate);

        /// <inheritdoc/>
        protected override Shape? OutputOf(Shape? input, Findings findings) =>
            ImageInput.Require(this, input, findings) is { } image ? Shape.Of(image) : null;
    }
}
