using System.Linq;
using Fpe.Generators.Declarations;
using Fpe.Generators.Rules;
using static System.FormattableString;

namespace Fpe.Generators.Checks;

/// <summary>Checks that values that are added are expanded in the same way.</summary>
internal static class SumCheck
{
    public static void Run(DeclaredModel model, ModelGraph graph, Findings findings)
    {
        foreach ((LayerPlan sum, EdgeLayerPlan? one, EdgeLayerPlan? other) in graph.UnequalSums())
        {
            DeclaredLayer layer = model.Layers.First(layer => layer.Name == sum.Name);
            findings.Add(GraphRules.UnequalSum, layer.Attribute.Location, layer.Subject, Text(one), Text(other));
        }
    }

    private static string Text(EdgeLayerPlan? layer) => layer is null
        ? "a value that is not expanded"
        : Invariant($"children of {layer.Name} (factor {layer.Expansion.Factor}, Share {layer.Expansion.Share}{(layer.InputGroups == 1 ? string.Empty : Invariant($", in groups of {layer.GroupNeurons} neurons"))})");
}
