using System.Collections.Generic;
using System.Linq;
using Fpe.Generators.Declarations;
using Fpe.Generators.Rules;
using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Parsing;

/// <summary>Reads the groups of inputs of every layer.</summary>
internal static class ClauseReader
{
    /// <summary>Sets <see cref="ExpandableLayer.Groups"/>.</summary>
    public static void Read(DeclaredModel model, Findings findings)
    {
        foreach (ExpandableLayer layer in model.Expandable)
            layer.Groups = [.. GroupsOf(layer, findings)];
    }

    private static IEnumerable<IReadOnlyList<int>> GroupsOf(ExpandableLayer layer, Findings findings)
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
                    findings.Add(ClauseRules.IndexOutOfRange, place, layer.Subject, input, layer.Inputs, layer.Inputs - 1);
                else if (!named.Add(input))
                    findings.Add(ClauseRules.InputTwice, place, layer.Subject, input);
            }

            if (elements.Count > 0)
                yield return [.. elements.Select(element => element.Value)];
        }
    }
}
