using System.Linq;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;

namespace Fpe.Generators.Checks;

/// <summary>Checks that there are enough groups of inputs to deal.</summary>
internal static class ClauseCheck
{
    public static void Run(DeclaredModel model, Findings findings)
    {
        foreach (ExpandableLayer layer in model.Expandable)
        {
            if (layer.Expansion is { Strategy: Split.Clause, Factor: > 1 } expansion && expansion.Factor <= layer.Inputs)
                RequireEnoughGroups(layer, expansion, findings);
        }
    }

    private static void RequireEnoughGroups(ExpandableLayer layer, DeclaredExpansion expansion, Findings findings)
    {
        if (layer.Clauses.Count == 0)
        {
            string remedy = expansion == layer.OwnExpansion
                ? $"add them to {layer.Name}, or use Split.Random"
                : $"add them to {layer.Name}, or give it its own [Expand]";
            findings.Add(
                ClauseRules.NoGroups, expansion.Attribute.LocationOf(AttributeNames.Strategy), layer.Subject, layer.Inputs, remedy);
            return;
        }

        int single = layer.Inputs - layer.Groups.SelectMany(group => group).Distinct().Count(input => input >= 0 && input < layer.Inputs);
        int parts = layer.Groups.Count + single;
        if (expansion.Factor > parts)
        {
            findings.AddFixable(
                ClauseRules.FewerGroupsThanChildren, expansion.Attribute.LocationOf(AttributeNames.Factor), FixData.Numbers, parts,
                layer.Subject, expansion.Factor, layer.Groups.Count, single, parts);
        }
    }
}
