using System.Collections.Generic;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using static System.FormattableString;

namespace Fpe.Generators.Kinds;

/// <summary><c>[Add]</c>: the sum of values.</summary>
internal sealed class AddKind : LayerKind<AddPlan>
{
    /// <inheritdoc/>
    public override string Name => "Add";

    /// <inheritdoc/>
    public override bool ReadsImages => false;

    /// <inheritdoc/>
    public override DeclaredLayer Read(LayerProperty property, Findings findings) => new Declared(property);

    /// <inheritdoc/>
    public override IReadOnlyList<DeclaredSource> ReadSources(LayerProperty property, Findings findings) => JoinedInputs.Read(property, findings);

    /// <inheritdoc/>
    protected override string CreationOf(AddPlan plan) => Invariant($"new {TypeName}Plan(\"{plan.Name}\", {plan.Width})");

    /// <inheritdoc/>
    protected override string Describe(AddPlan plan, long width, long fanIn) =>
        $"{Words.Sources(plan.From, " + ")}, {Words.Count(width / plan.From.Count, "value")} each";

    /// <inheritdoc/>
    protected override string ShapeAfter(AddPlan plan) => string.Empty;

    private sealed class Declared(LayerProperty property) : DeclaredLayer(property)
    {
        /// <inheritdoc/>
        public override bool AddsValues => true;

        /// <inheritdoc/>
        protected override LayerPlan BarePlan => new AddPlan(Name, Input!.Value.Count);

        /// <inheritdoc/>
        protected override Shape? OutputOf(IReadOnlyList<Shape?> inputs, Findings findings)
        {
            for (int i = 1; i < inputs.Count; i++)
            {
                if (inputs[0] is { } first && inputs[i] is { } other && other != first)
                    JoinedInputs.Report(this, ShapeText.Of(first), i, other, findings);
            }

            return Input;
        }
    }
}
