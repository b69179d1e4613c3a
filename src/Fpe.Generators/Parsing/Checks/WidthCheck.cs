using Fpe.Generators.Rules;
using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Parsing.Checks;

/// <summary>Checks that kernels can count the values that enter and leave each layer.</summary>
internal static class WidthCheck
{
    /// <summary>Reports the first layer that is too wide: the values of all above it follow from its own.</summary>
    public static void Run(DeclaredModel model, Findings findings)
    {
        int width = model.Inputs;
        foreach (DeclaredLayer layer in model.Layers)
        {
            DeclaredAttribute attribute = layer.Attribute;
            int outputs = OutputsOf(layer, width);
            if (width > LayerPlan.MaximumWidth)
                Report(width, "inputs", attribute.Location);
            else if (outputs > LayerPlan.MaximumWidth)
                Report(outputs, "outputs", layer is IDeclaredWeights weighted ? attribute.LocationOf(weighted.SizeArgument) : attribute.Location);
            else if (layer is DeclaredLinear { Expansion: { } expansion } && (long)outputs * expansion.Factor > LayerPlan.MaximumWidth)
                Report((long)outputs * expansion.Factor, "children", expansion.Attribute.LocationOf(AttributeNames.Factor));

            if (findings.IsBroken)
                return;
            width = outputs;

            void Report(long count, string what, Location place) =>
                findings.Add(CountRules.TooWide, place, $"{model.Name}.{layer.Name}", count, what, LayerPlan.MaximumWidth);
        }
    }

    private static int OutputsOf(DeclaredLayer layer, int width) => layer switch
    {
        DeclaredLinear linear => linear.Neurons,
        DeclaredWindow { Output: { } output } => output.Count,
        _ => width,
    };
}
