using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;
using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Checks;

/// <summary>Checks that kernels can count the values that enter and leave each layer.</summary>
internal static class WidthCheck
{
    /// <summary>Reports the first layer that is too wide: the values of all above it follow from its own.</summary>
    public static void Run(DeclaredModel model, Findings findings)
    {
        foreach (DeclaredLayer layer in model.Layers)
        {
            DeclaredAttribute attribute = layer.Attribute;
            (int inputs, int outputs) = (layer.Input!.Value.Count, layer.Output!.Value.Count);
            if (inputs > LayerPlan.MaximumWidth)
                Report(inputs, "inputs", attribute.Location);
            else if (outputs > LayerPlan.MaximumWidth)
                Report(outputs, "outputs", layer is WeightedLayer weighted ? attribute.LocationOf(weighted.SizeArgument) : attribute.Location);
            else if (layer is ExpandableLayer { Expansion: { } expansion } && (long)outputs * expansion.Factor > LayerPlan.MaximumWidth)
                Report((long)outputs * expansion.Factor, "children", expansion.Attribute.LocationOf(AttributeNames.Factor));

            if (findings.IsBroken)
                return;

            void Report(long count, string what, Location place) =>
                findings.Add(CountRules.TooWide, place, layer.Subject, count, what, LayerPlan.MaximumWidth);
        }
    }
}
