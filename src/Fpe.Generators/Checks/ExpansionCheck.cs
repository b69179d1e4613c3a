using System;
using System.Linq;
using Fpe.Expansion;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;
using Microsoft.CodeAnalysis;
using static System.FormattableString;

namespace Fpe.Generators.Checks;

/// <summary>Checks that every expansion fits the layers around it.</summary>
internal static class ExpansionCheck
{
    public static void Run(DeclaredModel model, Findings findings)
    {
        foreach (ExpandableLayer layer in model.Expandable)
        {
            string subject = layer.Subject;
            if (layer.Expansion is { IsExpanded: true } expansion)
            {
                if (layer.WhyNotExpanded is { } reason)
                {
                    findings.Add(ExpansionRules.SingleChannels, expansion.Attribute.LocationOf(AttributeNames.Factor), subject, reason, "use factor 1");
                    continue;
                }

                if (expansion.Factor > 1 && layer.NarrowReader is { } narrow)
                    findings.Add(ExpansionRules.NarrowReader, expansion.Attribute.Location, subject, narrow.Name, Words.WithArticle(narrow.Attribute.Name));
                PatternCheck.Run(layer, expansion, subject, findings);
                if (!expansion.LearnsEdges)
                    CheckSplit(layer, expansion, subject, findings);
            }
            else if (layer is { IsOutput: true, OwnExpansion: { } own })
            {
                ReportOutputLayer(own, subject, findings);
            }
        }

        RequireOneKind(model, findings);
    }

    /// <summary>An output layer can learn its edges, but not be widened.</summary>
    private static void ReportOutputLayer(DeclaredExpansion expansion, string subject, Findings findings)
    {
        if (expansion.LearnsEdges)
        {
            findings.AddFixable(
                ExpansionRules.OutputLayer, expansion.Attribute.LocationOf(AttributeNames.Factor), FixData.Numbers, 1,
                subject, "use factor 1 to learn its edges");
        }
        else
        {
            findings.AddFixable(
                ExpansionRules.OutputLayer, expansion.Attribute.Location, FixData.Remove, FixData.Attribute, subject, "remove [Expand]");
        }
    }

    private static void RequireOneKind(DeclaredModel model, Findings findings)
    {
        ExpandableLayer[] expanded = [.. model.Expandable.Where(layer => layer.Expansion is { IsExpanded: true })];
        if (expanded.FirstOrDefault(layer => layer.Expansion!.LearnsEdges != expanded[0].Expansion!.LearnsEdges) is { } other)
        {
            findings.Add(
                ExpansionRules.MixedStrategies, other.Expansion!.Attribute.LocationOf(AttributeNames.Strategy),
                other.Subject, KindOf(other), expanded[0].Name, KindOf(expanded[0]));
        }
    }

    private static string KindOf(ExpandableLayer layer) =>
        layer.Expansion!.LearnsEdges ? "learns its edges" : $"has Split.{layer.Expansion.Strategy}";

    private static void CheckSplit(ExpandableLayer layer, DeclaredExpansion expansion, string subject, Findings findings)
    {
        int factor = expansion.Factor;
        ExpandableLayer? widest = layer.WidestReader;
        bool deals = expansion.Outgoing == Outgoing.Deal && widest is not null && !layer.LeavesBlock;
        Location place = expansion.Attribute.LocationOf(AttributeNames.Factor);

        if (factor > layer.Inputs)
        {
            findings.AddFixable(
                ExpansionRules.FactorAboveFanIn, place, FixData.Numbers, layer.Inputs, subject, factor, layer.Inputs, layer.Inputs);
        }
        else if (expansion is { Strategy: Split.Random, Within: 0 } && layer.Inputs % factor != 0)
        {
            WarnOfUnevenChildren(layer.Inputs, factor, deals ? widest!.GroupNeurons : layer.Inputs, place, subject, findings);
        }

        if (expansion.Strategy == Split.Feature && layer.Inputs > ExpansionPlan.MaximumFeatureInputs)
        {
            findings.Add(
                ExpansionRules.TooManyFeatures, expansion.Attribute.LocationOf(AttributeNames.Strategy),
                subject, layer.Inputs, ExpansionPlan.MaximumFeatureInputs);
        }

        if (deals && factor > widest!.GroupNeurons)
        {
            int largest = Math.Min(layer.Inputs, widest.GroupNeurons);
            findings.AddFixable(
                ExpansionRules.FactorAboveReaders, place, FixData.Numbers, largest, subject, factor, widest.GroupNeurons, widest.GroupName, largest);
        }
        else if (deals)
        {
            WarnOfSharedReaders(layer, factor, place, subject, findings);
        }
    }

    /// <summary>Suggests factors that expand the layer and leave each child more than one input.</summary>
    private static void WarnOfUnevenChildren(int inputs, int factor, int limit, Location place, string subject, Findings findings)
    {
        int size = inputs / factor;
        int larger = inputs % factor;
        int[] even = NearestDivisors.Of(inputs, factor, divisor => divisor > 1 && divisor < inputs && divisor <= limit);
        string fewer = size > 1 ? Invariant($"{inputs - larger} or ") : string.Empty;
        string remedy = even.Length switch
        {
            2 => Invariant($"the nearest factors that divide are {even[0]} and {even[1]}"),
            1 => Invariant($"the nearest factor that divides is {even[0]}"),
            _ => "no factor that fits gives equal children of at least 2 inputs; "
                + Invariant($"use {fewer}{inputs - larger + factor} inputs, or suppress this if uneven children are intended"),
        };
        findings.AddFixable(
            ExpansionRules.UnevenChildren, place, FixData.Numbers, string.Join(";", even.Select(number => Invariant($"{number}"))),
            subject, factor, inputs, larger, size + 1, factor - larger, size, remedy);
    }

    /// <summary>If a reader shares its partitions, all neurons of one of its groups read the same child.</summary>
    private static void WarnOfSharedReaders(ExpandableLayer layer, int factor, Location place, string subject, Findings findings)
    {
        ExpandableLayer next = layer.Readers.OrderByDescending(reader => GroupsOf(reader, out _)).First();
        int groups = GroupsOf(next, out int share);
        if (groups >= factor)
            return;

        findings.AddFixable(
            ExpansionRules.LostOutputs, place, FixData.Numbers, groups, subject,
            $"its {factor} children can be read by only {groups} groups of neurons in {next.GroupName} (Share = {share})",
            $"lower the factor to {groups}, or Share of {next.Name} to {next.GroupNeurons / factor}");
    }

    /// <summary>Returns the number of groups of neurons that read the same child, of those that can read one neuron.</summary>
    private static int GroupsOf(ExpandableLayer reader, out int share)
    {
        share = reader.Expansion is { Factor: > 1 } ? Math.Min(reader.Share, reader.GroupNeurons) : 1;
        return ((reader.GroupNeurons - 1) / share) + 1;
    }
}
