using System.Linq;
using System.Numerics;
using Fpe.Counting;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;
using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Checks;

/// <summary>Checks that weights can be stored and that kernels can index the inputs and outputs of each layer.</summary>
internal static class StorageCheck
{
    public static void Run(DeclaredModel model, Findings findings)
    {
        foreach (ExpandableLayer layer in model.Expandable)
        {
            BigInteger weights = layer.WeightsBeforePruning;
            if (weights > WeightCounts.MaximumWeights)
            {
                findings.Add(
                    CountRules.TooLarge, layer.Attribute.LocationOf(layer.SizeArgument),
                    layer.Subject, weights, WeightCounts.MaximumWeights, layer.Remedy);
            }
        }

        if (!findings.IsBroken)
            RequireWidths(model, findings);
    }

    /// <summary>Reports the first layer that is too wide: the widths of all later layers follow from it.</summary>
    private static void RequireWidths(DeclaredModel model, Findings findings)
    {
        foreach (DeclaredLayer layer in model.Layers)
        {
            DeclaredAttribute attribute = layer.Attribute;
            (int inputs, int outputs) = (layer.Input!.Value.Count, layer.Output!.Value.Count);
            long children = layer.Parts.Sum(part => part.ExpandedCount);
            if (inputs > LayerPlan.MaximumWidth)
                Report(inputs, "inputs", attribute.Location);
            else if (outputs > LayerPlan.MaximumWidth)
                Report(outputs, "outputs", layer is ExpandableLayer weighted ? attribute.LocationOf(weighted.SizeArgument) : attribute.Location);
            else if (children > LayerPlan.MaximumWidth)
                Report(children, "children", layer is ExpandableLayer { Expansion: { } own } ? own.Attribute.LocationOf(AttributeNames.Factor) : attribute.Location);

            if (findings.IsBroken)
                return;

            void Report(long count, string what, Location place) =>
                findings.Add(CountRules.TooWide, place, layer.Subject, count, what, LayerPlan.MaximumWidth);
        }
    }
}
