using System;
using Fpe.Generators.Model;
using Fpe.Generators.Rules;
using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Parsing.Checks;

/// <summary>Checks that every expansion factor fits the layers around it.</summary>
internal static class ExpansionCheck
{
    public static void Run(DeclaredModel model, Findings findings)
    {
        foreach (DeclaredLinear layer in model.Linears)
        {
            string subject = $"{model.Name}.{layer.Name}";
            if (layer.Next is null)
            {
                if (layer.OwnExpansion is { } own)
                    findings.Add(ExpansionRules.OutputLayer, own.Attribute.Location, subject);
            }
            else if (layer.Expansion is { Factor: > 1 } expansion)
            {
                Check(layer, layer.Next, expansion, subject, findings);
            }
        }
    }

    private static void Check(DeclaredLinear layer, DeclaredLinear next, DeclaredExpansion expansion, string subject, Findings findings)
    {
        int factor = expansion.Factor;
        bool deals = expansion.Outgoing == Outgoing.Deal;
        Location place = expansion.Attribute.LocationOf(AttributeNames.Factor);

        if (factor > layer.Inputs)
        {
            findings.AddFixable(
                ExpansionRules.FactorAboveFanIn, place, FixData.Largest, layer.Inputs, subject, factor, layer.Inputs, layer.Inputs);
        }
        else if (expansion.Strategy == Split.Random && layer.Inputs % factor != 0)
        {
            WarnOfUnevenChildren(layer.Inputs, factor, place, subject, findings);
        }

        if (deals && factor > next.Neurons)
        {
            int largest = Math.Min(layer.Inputs, next.Neurons);
            findings.AddFixable(
                ExpansionRules.FactorAboveReaders, place, FixData.Largest, largest, subject, factor, next.Neurons, next.Name, largest);
        }
        else if (deals)
        {
            WarnOfSharedReaders(next, factor, place, subject, findings);
        }
    }

    private static void WarnOfUnevenChildren(int inputs, int factor, Location place, string subject, Findings findings)
    {
        int size = inputs / factor;
        int larger = inputs % factor;
        int below = factor;
        while (inputs % below != 0)
            below--;
        int above = factor;
        while (inputs % above != 0)
            above++;
        findings.Add(
            ExpansionRules.UnevenChildren, place, subject, factor, inputs, larger, size + 1, factor - larger, size, below, above);
    }

    /// <summary>Where the next layer shares its partitions, all neurons of one of its groups read the same child.</summary>
    private static void WarnOfSharedReaders(DeclaredLinear next, int factor, Location place, string subject, Findings findings)
    {
        int share = next.Expansion is { Factor: > 1 } expansion ? Math.Min(expansion.Share, next.Neurons) : 1;
        int groups = ((next.Neurons - 1) / share) + 1;
        if (groups >= factor)
            return;

        findings.AddFixable(
            ExpansionRules.LostOutputs, place, FixData.Largest, groups, subject,
            $"its {factor} children have only {groups} groups of neurons in {next.Name} to be read by (Share = {share})",
            $"lower the factor to {groups}, or Share of {next.Name} to {next.Neurons / factor}");
    }
}
