using System.Collections.Generic;
using System.Linq;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;
using static System.FormattableString;

namespace Fpe.Generators.Kinds;

/// <summary><c>[Concat]</c>: concatenated vectors, or channels of images.</summary>
internal sealed class ConcatKind : LayerKind<ConcatPlan>
{
    /// <inheritdoc/>
    public override string Name => "Concat";

    /// <inheritdoc/>
    public override bool ReadsImages => false;

    /// <inheritdoc/>
    public override DeclaredLayer Read(LayerProperty property, Findings findings) => new Declared(property);

    /// <inheritdoc/>
    public override IReadOnlyList<DeclaredSource> ReadSources(LayerProperty property, Findings findings) => JoinedInputs.Read(property, findings);

    /// <inheritdoc/>
    protected override string CreationOf(ConcatPlan plan) =>
        $"new {TypeName}Plan(\"{plan.Name}\", [{string.Join(", ", plan.Widths.Select(width => Invariant($"{width}")))}])";

    /// <inheritdoc/>
    protected override string Describe(ConcatPlan plan, long width, long fanIn) =>
        $"{Words.Count(width, "value")}: {Words.Sources(plan.From, ", ")}";

    /// <inheritdoc/>
    protected override string ShapeAfter(ConcatPlan plan) => Invariant($"{plan.Outputs}");

    private sealed class Declared(LayerProperty property) : DeclaredLayer(property)
    {
        private IReadOnlyList<Shape?> shapes = [];

        /// <inheritdoc/>
        protected override LayerPlan BarePlan => new ConcatPlan(Name, [.. shapes.Select(shape => shape!.Value.Count)]);

        /// <inheritdoc/>
        protected override Shape? OutputOf(IReadOnlyList<Shape?> inputs, Findings findings)
        {
            shapes = inputs;
            if (Input is not { } first)
                return null;
            bool fits = inputs.All(input => input is not null);
            for (int i = 1; i < inputs.Count; i++)
            {
                if (inputs[i] is not { } other || AreAlike(first, other))
                    continue;
                string expected = first.IsSequence ? Invariant($"sequences of {first.Places} places")
                    : first.Image is { } image ? Invariant($"images of {image.Height} × {image.Width}")
                    : "vectors";
                JoinedInputs.Report(this, expected, i, other, findings);
                fits = false;
            }

            return fits ? Join(first, inputs.Sum(input => (long)input!.Value.Units), findings) : null;
        }

        /// <inheritdoc/>
        protected override IReadOnlyList<DeclaredPart> PartsOf(IReadOnlyList<IReadOnlyList<DeclaredPart>> inputs) => [.. inputs.SelectMany(parts => parts)];

        private static bool AreAlike(Shape one, Shape other) =>
            (one.Image?.Height, one.Image?.Width, one.IsSequence, one.Tokens) == (other.Image?.Height, other.Image?.Width, other.IsSequence, other.Tokens);

        private Shape? Join(Shape first, long units, Findings findings)
        {
            long count = units * first.Places;
            if (count <= LayerPlan.MaximumWidth)
                return first.WithUnits((int)units);
            findings.Add(CountRules.TooWide, Attribute.Location, Subject, count, "outputs", LayerPlan.MaximumWidth);
            return null;
        }
    }
}
