using System.Collections.Generic;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using static System.FormattableString;

namespace Fpe.Generators.Kinds;

/// <summary><c>[Input]</c>: one of several inputs of a sample.</summary>
internal sealed class InputKind : LayerKind<InputPlan>
{
    private const string Numbers = "numbers";

    /// <inheritdoc/>
    public override string Name => "Input";

    /// <inheritdoc/>
    public override bool ReadsImages => false;

    /// <inheritdoc/>
    public override DeclaredLayer Read(LayerProperty property, Findings findings) => new DeclaredInput(property, ReadShape(property, findings));

    /// <summary>An input always reads the sample.</summary>
    public override IReadOnlyList<DeclaredSource> ReadSources(LayerProperty property, Findings findings) =>
        [new DeclaredSource(property.Owner.SampleName, property.Layer.Location)];

    /// <inheritdoc/>
    protected override string CreationOf(InputPlan plan) =>
        Invariant($"new {TypeName}Plan(\"{plan.Name}\", {MemberNames.InputCount}, First: {plan.First}, Count: {plan.Count}")
        + PlanText.Option("Vocabulary", plan.Vocabulary, 0) + ")";

    /// <inheritdoc/>
    protected override string Describe(InputPlan plan, long width, long fanIn)
    {
        string what = plan.Vocabulary == 0 ? Words.Count(plan.Count, "number") : $"{Words.Count(plan.Count, "token")} of {plan.Vocabulary}";
        return Invariant($"{what}, from value {plan.First} of the {width} values of a sample");
    }

    /// <inheritdoc/>
    protected override string ShapeAfter(InputPlan plan) => Invariant($"{plan.Count}");

    private static Shape? ReadShape(LayerProperty property, Findings findings)
    {
        if (property.Layer.Takes(AttributeNames.Tokens))
            return TokenInput.Read(property.Layer, property.Subject, findings);
        int count = PositiveSize.Read(property.Layer, Numbers, "the number of values", property.Subject, findings);
        return count > 0 ? Shape.Vector(count) : null;
    }
}
