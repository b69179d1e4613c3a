using System.Linq;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;

namespace Fpe.Generators.Checks;

/// <summary>Checks that convolutions in groups can divide the children that they read among their groups.</summary>
internal static class GroupCheck
{
    public static void Run(DeclaredModel model, ModelGraph graph, Findings findings)
    {
        foreach ((ConvolutionPlan reader, string problem) in graph.UnevenGroups())
        {
            DeclaredLayer layer = model.Layers.First(layer => layer.Name == reader.Name);
            findings.Add(ExpansionRules.UnevenGroups, layer.Attribute.LocationOf(AttributeNames.Groups), layer.Subject, problem);
        }
    }
}
