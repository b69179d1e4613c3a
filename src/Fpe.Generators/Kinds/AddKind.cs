using System.Linq;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;
using static System.FormattableString;

namespace Fpe.Generators.Kinds;

/// <summary><c>[Add]</c>: a sum of values.</summary>
internal sealed class AddKind : LayerKind<AddPlan>
{
    /// <inheritdoc/>
    public override string Name => "Add";

    /// <inheritdoc/>
    public override bool ReadsSeveral => true;

    /// <inheritdoc/>
    public override DeclaredLayer Read(LayerProperty property, Findings findings) => new Declared(property);

    /// <inheritdoc/>
    protected override string CreationOf(AddPlan plan) => Invariant($"new {TypeName}Plan(\"{plan.Name}\", {plan.Width})");

    /// <inheritdoc/>
    protected override string Describe(AddPlan plan, long width, long fanIn) =>
        $"{Words.Count(width / plan.From.Count, "value")}: {string.Join(" + ", plan.From)}";

    /// <inheritdoc/>
    protected override string ShapeAfter(AddPlan plan) => string.Empty;

    private sealed class Declared(LayerProperty property) : PassingLayer(property)
    {
        /// <inheritdoc/>
        public override bool IsSum => true;

        /// <inheritdoc/>
        protected override LayerPlan OwnPlan => new AddPlan(Name, Input!.Value.Count);

        /// <inheritdoc/>
        protected override Shape? OutputOf(Findings findings)
        {
            if (InputShapes.Any(shape => shape is null))
                return null;
            for (int i = 1; i < InputShapes.Count; i++)
            {
                if (InputShapes[i] == Input)
                    continue;
                findings.Add(
                    GraphRules.DifferentShapes, From[i].Location,
                    Subject, "adds values of one shape", From[0].Name, Input!, From[i].Name, InputShapes[i]!, "make them equal");
                return null;
            }

            return Input;
        }
    }
}
