using System.Linq;
using Fpe.Generators.Emit;
using Fpe.Generators.Model;

namespace Fpe.Generators.Parsing;

/// <summary>Turns a model without errors into the values that the pipeline carries.</summary>
internal static class SpecBuilder
{
    public static ModelSpec Build(TypeSpec type, DeclaredModel model, FreeNames names)
    {
        string planField = names.Take("DeclaredPlan");
        int width = model.Inputs;
        EquatableArray<LayerSpec> layers = model.Layers.Select(layer => Build(layer, names, ref width)).ToEquatableArray();
        return new ModelSpec(type, model.Inputs, model.CountBiases, layers, planField);
    }

    private static LayerSpec Build(DeclaredLayer layer, FreeNames names, ref int width)
    {
        string modifiers = PropertyShape.ModifiersToRepeat(layer.Syntax);
        string field = names.Take(Identifier.CamelCase(layer.Name));
        if (layer is not DeclaredLinear linear)
            return new DropoutSpec(layer.Name, modifiers, field, width, ((DeclaredDropout)layer).Rate);

        width = linear.Neurons;
        return new LinearSpec(
            layer.Name, modifiers, field, linear.Inputs, linear.Neurons, linear.Activation, ExpansionOf(linear));
    }

    private static ExpansionSpec ExpansionOf(DeclaredLinear layer)
    {
        if (layer.Expansion is not { Factor: > 1 } expansion)
            return ExpansionSpec.None;

        EquatableArray<EquatableArray<int>> clauses = expansion.Strategy == Split.Clause
            ? layer.Groups.Select(group => group.ToEquatableArray()).ToEquatableArray()
            : default;
        return new ExpansionSpec(expansion.Factor, expansion.Strategy, expansion.Share, expansion.Outgoing, clauses);
    }
}
