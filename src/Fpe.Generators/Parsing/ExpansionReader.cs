using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;

namespace Fpe.Generators.Parsing;

/// <summary>Reads an <c>[Expand]</c> attribute.</summary>
internal static class ExpansionReader
{
    /// <summary>Reads the arguments; returns null if one of them is not valid.</summary>
    public static DeclaredExpansion? Read(DeclaredAttribute attribute, string subject, Findings findings)
    {
        int? factor = attribute.Value(AttributeNames.Factor, 1);
        bool isShareWritten = attribute.Has(AttributeNames.Share);
        int? share = attribute.Value(AttributeNames.Share, 1);
        int? within = attribute.Value(AttributeNames.Within, 0);
        Split? strategy = EnumMember.Read<Split>(attribute, AttributeNames.Strategy, subject, findings);
        Outgoing? outgoing = EnumMember.Read<Outgoing>(attribute, AttributeNames.Outgoing, subject, findings);
        if (factor is null || share is null || within is null)
            findings.MarkBroken();

        if (factor < 1)
            findings.Add(ExpansionRules.FactorBelowOne, attribute.LocationOf(AttributeNames.Factor), subject, factor);
        if (share < 1)
            findings.Add(LayerRules.NotPositive, attribute.LocationOf(AttributeNames.Share), subject, "Share", share);

        return factor >= 1 && share >= 1 && within is not null && strategy is not null && outgoing is not null
            ? RequireMeaning(new(attribute, factor.Value, strategy.Value, isShareWritten ? share : null, outgoing.Value, within.Value), subject, findings)
            : null;
    }

    /// <summary>Returns the expansion; null if its options contradict each other.</summary>
    private static DeclaredExpansion? RequireMeaning(DeclaredExpansion expansion, string subject, Findings findings)
    {
        string strategy = $"Split.{expansion.Strategy}";
        if (expansion.LearnsEdges && expansion.Outgoing == Outgoing.Deal)
            return Contradiction(AttributeNames.Outgoing, "Outgoing.Deal", strategy, "outgoing edges are learned as well; remove it");
        if (expansion.Within == 0 || expansion.Strategy == Split.Random)
            return expansion;
        if (!expansion.LearnsEdges)
            return Contradiction(AttributeNames.Within, "Within", strategy, "it deals whole groups; remove it, or use Split.Random or Split.Learned");
        return expansion.Factor > 1
            ? expansion
            : Contradiction(AttributeNames.Within, "Within", "factor 1", "a single child would read every input; remove it, or use a factor of 2 or more");

        DeclaredExpansion? Contradiction(string option, string what, string other, string reason)
        {
            findings.AddFixable(
                ExpansionRules.NoMeaning, expansion.Attribute.LocationOfWhole(option), FixData.Remove, FixData.Argument,
                subject, what, other, reason);
            return null;
        }
    }
}
