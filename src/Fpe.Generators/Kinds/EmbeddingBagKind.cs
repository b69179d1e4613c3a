using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;
using static System.FormattableString;

namespace Fpe.Generators.Kinds;

/// <summary><c>[EmbeddingBag]</c>: the mean or the sum of the vectors of a sample's tokens.</summary>
internal sealed class EmbeddingBagKind : LayerKind<EmbeddingBagPlan>
{
    private const string Mode = "Mode";

    /// <inheritdoc/>
    public override string Name => "EmbeddingBag";

    /// <inheritdoc/>
    public override bool ReadsImages => false;

    /// <inheritdoc/>
    public override bool ReadsTokens => true;

    /// <inheritdoc/>
    public override DeclaredLayer Read(LayerProperty property, Findings findings) =>
        new Declared(property, TokenTableKind.ReadDimension(property, findings), ReadMode(property, findings));

    /// <inheritdoc/>
    protected override string CreationOf(EmbeddingBagPlan plan) =>
        Invariant($"new {TypeName}Plan(\"{plan.Name}\", Places: {plan.Places}, Vocabulary: {plan.Vocabulary}, Dimension: {plan.Dimension}")
        + (plan.Mode == BagMode.Mean ? ")" : $", Mode: {TypeNames.BagMode}.{plan.Mode})");

    /// <inheritdoc/>
    protected override string Describe(EmbeddingBagPlan plan, long width, long fanIn) => Invariant(
        $"{Words.Count(plan.Places, "token")} of {plan.Vocabulary} → {Words.Count(plan.Dimension, "value")}, the {(plan.Mode == BagMode.Mean ? "mean" : "sum")} of their vectors, a table of {plan.Vocabulary}·{plan.Dimension} values");

    /// <inheritdoc/>
    protected override string ShapeAfter(EmbeddingBagPlan plan) => Invariant($"{plan.Dimension}");

    private static BagMode ReadMode(LayerProperty property, Findings findings)
    {
        if (property.Layer.Value(Mode, 0) is not { } mode)
            findings.MarkBroken();
        else if (mode is (int)BagMode.Mean or (int)BagMode.Sum)
            return (BagMode)mode;
        else
            findings.Add(ExpansionRules.UndefinedValue, property.Layer.LocationOf(Mode), property.Subject, mode, nameof(BagMode), "BagMode.Mean or BagMode.Sum");
        return BagMode.Mean;
    }

    private sealed class Declared(LayerProperty property, int dimension, BagMode mode) : DeclaredLayer(property)
    {
        /// <inheritdoc/>
        public override bool ReadsTokens => true;

        /// <inheritdoc/>
        public override bool IsLinear => false;

        /// <inheritdoc/>
        protected override LayerPlan BarePlan => new EmbeddingBagPlan(Name, Input!.Value.Units, Input.Value.Vocabulary, dimension, mode);

        /// <inheritdoc/>
        protected override Shape? OutputOf(Shape? input, Findings findings) =>
            input is { } tokens && dimension > 0 && TokenTableKind.Fits(this, tokens, dimension, findings) ? Shape.Vector(dimension) : null;
    }
}
