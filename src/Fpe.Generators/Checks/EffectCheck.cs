using System.Collections.Generic;
using System.Linq;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;
using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Checks;

/// <summary>Warns about options that have no effect: most likely something else was intended.</summary>
internal static class EffectCheck
{
    private static readonly string[] Options = [AttributeNames.Strategy, AttributeNames.Share, AttributeNames.Outgoing, AttributeNames.Within];

    public static void Run(DeclaredModel model, Findings findings)
    {
        foreach (ExpandableLayer layer in model.Expandable)
        {
            if (layer.OwnExpansion is { } own)
                CheckOptions(own, layer.Subject, layer.GroupNeurons, layer.GroupNeurons == layer.Neurons ? string.Empty : " in a group", findings);
        }

        if (model.DefaultExpansion is { } expansion)
            CheckDefault(model, expansion, findings);
        CheckClauses(model, findings);
    }

    private static void CheckDefault(DeclaredModel model, DeclaredExpansion expansion, Findings findings)
    {
        ExpandableLayer[] reached = [.. model.Hidden.Where(layer => layer.Expansion == expansion)];
        if (reached.Length > 0)
        {
            CheckOptions(expansion, model.Name, reached.Max(layer => layer.Neurons), string.Empty, findings);
            return;
        }

        string reason = model.Hidden.Any() ? "every hidden layer has its own" : model.IsBlock ? "the block has no Linear layer" : "the model has no hidden layer";
        WarnOfAttribute(expansion.Attribute, model.Name, reason, findings);
    }

    private static void CheckOptions(DeclaredExpansion expansion, string subject, int neurons, string group, Findings findings)
    {
        if (!expansion.IsExpanded)
        {
            foreach (string option in Options.Where(expansion.Attribute.Has))
            {
                Warn(
                    expansion.Attribute.LocationOfWhole(option), FixData.Argument, subject, option,
                    "factor 1 keeps the layer dense", "remove it", findings);
            }
        }
        else if (expansion.LearnsEdges && expansion.Attribute.Has(AttributeNames.Outgoing))
        {
            Warn(
                expansion.Attribute.LocationOfWhole(AttributeNames.Outgoing), FixData.Argument, subject, AttributeNames.Outgoing,
                "Split.Learned learns outgoing edges as well", "remove it", findings);
        }

        if (expansion.IsExpanded && expansion.Share > neurons)
        {
            findings.AddFixable(
                ExpansionRules.NoEffect, expansion.Attribute.LocationOf(AttributeNames.Share), FixData.Numbers, neurons,
                subject, $"Share above {neurons}", $"there are {neurons} neurons{group}", $"lower it to {neurons}");
        }
    }

    private static void CheckClauses(DeclaredModel model, Findings findings)
    {
        foreach (ExpandableLayer layer in model.Expandable.Where(layer => layer.KnowsExpansion))
        {
            bool used = layer.Expansion is { Strategy: Split.Clause, Factor: > 1 };
            foreach (DeclaredAttribute clause in layer.Clauses)
            {
                string subject = new[] { model, layer.Owner }.FirstOrDefault(owner => owner.Clauses.Contains(clause))?.Name ?? layer.Subject;
                if (!used)
                    WarnOfAttribute(clause, subject, $"{layer.Name} is not expanded with Split.Clause", findings);
                else if (clause.Elements() is { Count: 0 })
                    WarnOfAttribute(clause, subject, "the group is empty", findings);
            }
        }

        ExpandableLayer? first = model.Linears.FirstOrDefault();
        foreach (DeclaredAttribute clause in model.Clauses.Where(clause => first?.Clauses.Contains(clause) != true))
            WarnOfAttribute(clause, model.Name, first is null ? "the block has no Linear layer" : $"{first.Name} has its own groups", findings);
    }

    private static void WarnOfAttribute(DeclaredAttribute attribute, string subject, string reason, Findings findings) =>
        Warn(attribute.Location, FixData.Attribute, subject, $"[{attribute.Name}]", reason, "remove it", findings);

    private static void Warn(
        Location place, string removable, string subject, string what, string reason, string remedy, Findings findings) =>
        findings.AddFixable(ExpansionRules.NoEffect, place, FixData.Remove, removable, subject, what, reason, remedy);
}
