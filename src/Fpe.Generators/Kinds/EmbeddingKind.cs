using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;
using static System.FormattableString;

namespace Fpe.Generators.Kinds;

/// <summary><c>[Embedding]</c>: a vector for each token.</summary>
internal sealed class EmbeddingKind : LayerKind<EmbeddingPlan>
{
    private const string Positions = "Positions";

    /// <inheritdoc/>
    public override string Name => "Embedding";

    /// <inheritdoc/>
    public override bool ReadsImages => false;

    /// <inheritdoc/>
    public override bool ReadsTokens => true;

    /// <inheritdoc/>
    public override DeclaredLayer Read(LayerProperty property, Findings findings)
    {
        if (property.Layer.Value(Positions, false) is not { } hasPositions)
        {
            findings.MarkBroken();
            hasPositions = false;
        }

        return new Declared(property, TokenTableKind.ReadDimension(property, findings), hasPositions);
    }

    /// <inheritdoc/>
    protected override string CreationOf(EmbeddingPlan plan) =>
        Invariant($"new {TypeName}Plan(\"{plan.Name}\", Places: {plan.Places}, Vocabulary: {plan.Vocabulary}, Dimension: {plan.Dimension}")
        + (plan.HasPositions ? ", HasPositions: true)" : ")");

    /// <inheritdoc/>
    protected override string Describe(EmbeddingPlan plan, long width, long fanIn)
    {
        string positions = plan.HasPositions ? Invariant($" + {plan.Places}·{plan.Dimension} of positions") : string.Empty;
        return Invariant($"{Words.Count(plan.Places, "token")} of {plan.Vocabulary} → {plan.Dimension} values each, a table of {plan.Vocabulary}·{plan.Dimension} values{positions}");
    }

    /// <inheritdoc/>
    protected override string ShapeAfter(EmbeddingPlan plan) => Invariant($"{plan.Dimension} × {plan.Places} places");

    private sealed class Declared(LayerProperty property, int dimension, bool hasPositions) : DeclaredLayer(property)
    {
        /// <inheritdoc/>
        public override bool ReadsTokens => true;

        /// <inheritdoc/>
        public override bool IsLinear => false;

        /// <inheritdoc/>
        protected override LayerPlan BarePlan => new EmbeddingPlan(Name, Input!.Value.Units, Input.Value.Vocabulary, dimension, hasPositions);

        /// <inheritdoc/>
        protected override Shape? OutputOf(Shape? input, Findings findings)
        {
            if (input is not { } tokens || dimension == 0 || !TokenTableKind.Fits(this, tokens, dimension, findings))
                return null;
            long width = (long)dimension * tokens.Units;
            if (width <= LayerPlan.MaximumWidth)
                return Shape.Sequence(dimension, tokens.Units, Sources[0]?.Name ?? LayerPlan.Sample);
            findings.Add(CountRules.TooWide, Attribute.LocationOf(TokenTableKind.Dimension), Subject, width, "outputs", LayerPlan.MaximumWidth);
            return null;
        }
    }
}
