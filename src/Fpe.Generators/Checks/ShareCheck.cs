using System.Collections.Generic;
using Fpe.Generators.Declarations;
using Fpe.Generators.Rules;

namespace Fpe.Generators.Checks;

/// <summary>Says where neurons do not share partitions, although nobody asked for that, and what it costs.</summary>
internal static class ShareCheck
{
    public static void Run(DeclaredModel model, Findings findings)
    {
        var reported = new HashSet<DeclaredAttribute>();
        foreach (ExpandableLayer layer in model.Expandable)
        {
            if (layer is { KnowsExpansion: true, Share: 1, Expansion: { Factor: > 1, LearnsEdges: false, Share: null } expansion }
                && DefaultShare.Fastest(layer) is { } share && reported.Add(expansion.Attribute))
            {
                findings.Add(
                    ExpansionRules.OwnPartitions, expansion.Attribute.Location,
                    layer.Subject, layer.Neurons, layer.SizeArgument, layer.CostOfOwnPartitions, share);
            }
        }
    }
}
