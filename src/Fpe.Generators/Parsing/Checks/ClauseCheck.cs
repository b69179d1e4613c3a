using System.Collections.Generic;
using System.Linq;
using Fpe.Generators.Rules;
using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Parsing.Checks;

/// <summary>Reads the groups of inputs of every layer, and checks that there are enough to deal.</summary>
internal static class ClauseCheck
{
    public static void Run(DeclaredModel model, Findings findings)
    {
        foreach (DeclaredLinear layer in model.Linears)
        {
            string subject = $"{model.Name}.{layer.Name}";
            int named = ReadGroups(layer, subject, findings);
            if (layer.Expansion is { Strategy: Split.Clause, Factor: > 1 } expansion && expansion.Factor <= layer.Inputs)
                RequireEnoughGroups(layer, expansion, named, subject, findings);
        }
    }

    /// <summary>Fills in <see cref="DeclaredLinear.Groups"/>; the number of inputs in them, or null where they are not valid.</summary>
    private static int ReadGroups(DeclaredLinear layer, string subject, Findings findings)
    {
        var named = new HashSet<int>();
        foreach (DeclaredAttribute clause in layer.Clauses)
        {
            if (clause.Elements() is not { } elements)
            {
                findings.MarkBroken();
                continue;
            }

            foreach ((int input, Location place) in elements)
            {
                if (input < 0 || input >= layer.Inputs)
                    findings.Add(ClauseRules.IndexOutOfRange, place, subject, input, layer.Inputs, layer.Inputs - 1);
                else if (!named.Add(input))
                    findings.Add(ClauseRules.InputTwice, place, subject, input);
            }

            if (elements.Count > 0)
                layer.Groups.Add([.. elements.Select(element => element.Value)]);
        }

        return named.Count;
    }

    private static void RequireEnoughGroups(
        DeclaredLinear layer, DeclaredExpansion expansion, int named, string subject, Findings findings)
    {
        if (layer.Clauses.Count == 0)
        {
            string remedy = expansion == layer.OwnExpansion
                ? $"add them to {layer.Name}, or use Split.Random"
                : $"add them to {layer.Name}, or give it an [Expand] of its own";
            findings.Add(
                ClauseRules.NoGroups, expansion.Attribute.LocationOf(AttributeNames.Strategy), subject, layer.Inputs, remedy);
            return;
        }

        int single = layer.Inputs - named;
        int parts = layer.Groups.Count + single;
        if (expansion.Factor > parts)
        {
            findings.AddFixable(
                ClauseRules.FewerGroupsThanChildren, expansion.Attribute.LocationOf(AttributeNames.Factor), FixData.Numbers, parts,
                subject, expansion.Factor, layer.Groups.Count, single, parts);
        }
    }
}
