using System.Linq;
using Fpe.Generators.Declarations;
using Fpe.Generators.Model;
using Fpe.Generators.Naming;

namespace Fpe.Generators.Parsing;

/// <summary>Converts a model without errors to the values in the pipeline.</summary>
internal static class SpecBuilder
{
    public static ModelSpec Build(TypeSpec type, DeclaredModel model, FreeNames names)
    {
        string planField = names.Take("DeclaredPlan");
        ValueList<LayerSpec> layers = model.Layers.Select(layer => Build(layer, names)).ToValueList();
        return new ModelSpec(type, model.Sample!.Value, model.CountBiases, model.LearnedBudget, layers, planField);
    }

    private static LayerSpec Build(DeclaredLayer layer, FreeNames names) =>
        new(PropertyShape.ModifiersToRepeat(layer.Syntax), names.Take(Identifier.CamelCase(layer.Name)), layer.Plan);
}
