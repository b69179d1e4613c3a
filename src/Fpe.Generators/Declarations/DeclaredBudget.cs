using Fpe.Generators.Naming;
using Fpe.Generators.Rules;
using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Declarations;

/// <summary>A <c>[NonZeroBudget]</c> attribute with a positive count.</summary>
internal sealed record DeclaredBudget(long Count, Location Location)
{
    /// <summary>Reads the attribute; returns null if its count is not valid.</summary>
    public static DeclaredBudget? Read(DeclaredAttribute attribute, string subject, Findings findings)
    {
        Location place = attribute.LocationOf(AttributeNames.Count);
        long? count = attribute.Value(AttributeNames.Count, 0L);
        if (count is > 0)
            return new DeclaredBudget(count.Value, place);

        if (count is null)
            findings.MarkBroken();
        else
            findings.Add(LayerRules.NotPositive, place, subject, "the budget", count);
        return null;
    }
}
