using System.Collections.Generic;
using System.Linq;
using Fpe.Compute;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;
using static System.FormattableString;

namespace Fpe.Generators.Kinds;

/// <summary><c>[Concat]</c>: values one after the other.</summary>
internal sealed class ConcatKind : LayerKind<ConcatPlan>
{
    /// <inheritdoc/>
    public override string Name => "Concat";

    /// <inheritdoc/>
    public override bool ReadsSeveral => true;

    /// <inheritdoc/>
    public override DeclaredLayer Read(LayerProperty property, Findings findings) => new Declared(property);

    /// <inheritdoc/>
    protected override string CreationOf(ConcatPlan plan) =>
        $"new {TypeName}Plan(\"{plan.Name}\", [{string.Join(", ", plan.Widths.Select(width => Invariant($"{width}")))}])";

    /// <inheritdoc/>
    protected override string Describe(ConcatPlan plan, long width, long fanIn) => $"{Words.Count(width, "value")}: {string.Join(", then ", plan.From)}";

    /// <inheritdoc/>
    protected override string ShapeAfter(ConcatPlan plan) => string.Empty;

    private sealed class Declared(LayerProperty property) : PassingLayer(property)
    {
        /// <inheritdoc/>
        protected override LayerPlan OwnPlan => new ConcatPlan(Name, [.. InputShapes.Select(shape => shape!.Value.Count)]);

        /// <inheritdoc/>
        protected override Shape? OutputOf(Findings findings)
        {
            if (Input is not { } first || InputShapes.Any(shape => shape is null))
                return null;
            for (int i = 1; i < InputShapes.Count; i++)
            {
                Shape other = InputShapes[i]!.Value;
                if (other.Image?.Height == first.Image?.Height && other.Image?.Width == first.Image?.Width)
                    continue;
                findings.Add(
                    GraphRules.DifferentShapes, From[i].Location, Subject, "joins vectors, or images of one height and width",
                    From[0].Name, first, From[i].Name, other, "make them equal, or flatten images first");
                return null;
            }

            long count = InputShapes.Sum(shape => (long)shape!.Value.Count);
            if (count > LayerPlan.MaximumWidth)
            {
                findings.Add(CountRules.TooWide, Attribute.Location, Subject, count, "outputs", LayerPlan.MaximumWidth);
                return null;
            }

            int units = InputShapes.Sum(shape => shape!.Value.Units);
            return first.Image is { } image ? Shape.Of(new ImageShape(units, image.Height, image.Width)) : Shape.Vector(units);
        }

        /// <inheritdoc/>
        protected override IEnumerable<ValuePart> PartsOfOutput() => Enumerable.Range(0, Sources.Count).SelectMany(PartsOfInput);
    }
}
