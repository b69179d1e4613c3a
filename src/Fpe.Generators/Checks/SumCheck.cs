using System.Collections.Generic;
using System.Linq;
using Fpe.Generators.Declarations;
using Fpe.Generators.Rules;
using static System.FormattableString;

namespace Fpe.Generators.Checks;

/// <summary>Checks that values that are added have the same children in the same order.</summary>
internal static class SumCheck
{
    public static void Run(DeclaredModel model, Findings findings)
    {
        foreach (DeclaredLayer layer in model.Layers.Where(layer => layer is { IsSum: true, Output: not null }))
        {
            (int End, ExpandableLayer? Layer)[] first = ChildrenOf(layer.Sources[0]);
            for (int i = 1; i < layer.Sources.Count; i++)
            {
                (int End, ExpandableLayer? Layer)[] other = ChildrenOf(layer.Sources[i]);
                int same = first.Zip(other, (one, two) => one.End == two.End && AreAlike(one.Layer, two.Layer)).TakeWhile(alike => alike).Count();
                if (same == first.Length && same == other.Length)
                    continue;
                Report(layer, i, At(first, same), At(other, same), findings);
                break;
            }
        }
    }

    private static void Report(DeclaredLayer layer, int index, ExpandableLayer? first, ExpandableLayer? other, Findings findings)
    {
        string remedy = first is not null && other is not null
            ? $"give {first.Name} and {other.Name} the same factor, Share and Outgoing, or factor 1"
            : $"give {(first ?? other)?.Name} factor 1, or add a value that is expanded in the same way";
        findings.Add(
            GraphRules.DifferentExpansions, layer.From[index].Location,
            layer.Subject, layer.From[0].Name, TextOf(first), layer.From[index].Name, TextOf(other), remedy);
    }

    private static string TextOf(ExpandableLayer? layer) => layer?.Expansion is not { } expansion ? "not expanded"
        : Invariant($"{layer.Neurons} neurons × {expansion.Factor} children (Share = {expansion.Share}, Outgoing.{expansion.Outgoing})");

    private static ExpandableLayer? At((int End, ExpandableLayer? Layer)[] children, int index) =>
        children.Length == 0 ? null : children[System.Math.Min(index, children.Length - 1)].Layer;

    private static bool AreAlike(ExpandableLayer? one, ExpandableLayer? other) => one is null || other is null
        ? one is null && other is null
        : one.Neurons == other.Neurons && one.ExpansionPlan.Factor == other.ExpansionPlan.Factor && one.ExpansionPlan.Share == other.ExpansionPlan.Share
            && one.ExpansionPlan.Outgoing == other.ExpansionPlan.Outgoing;

    /// <summary>The layers whose children a value is made of, with where they end; what is not expanded is joined.</summary>
    private static (int End, ExpandableLayer? Layer)[] ChildrenOf(DeclaredLayer? source)
    {
        var children = new List<(int End, ExpandableLayer? Layer)>();
        int end = 0;
        foreach (ValuePart part in source?.Parts ?? [])
        {
            end += part.Count;
            ExpandableLayer? expanded = part.Factor > 1 ? part.Layer : null;
            if (children.Count > 0 && children[children.Count - 1].Layer is null && expanded is null)
                children.RemoveAt(children.Count - 1);
            children.Add((end, expanded));
        }

        return children.Count == 1 && children[0].Layer is null ? [] : [.. children];
    }
}
