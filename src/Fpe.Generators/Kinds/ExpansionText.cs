using System.Collections.Generic;
using System.Linq;
using Fpe.Expansion;
using Fpe.Generators.Naming;
using static System.FormattableString;

namespace Fpe.Generators.Kinds;

/// <summary>Writes expansions as emitted code.</summary>
internal static class ExpansionText
{
    /// <summary>Returns the code that constructs the plan, on one or more lines.</summary>
    public static string Of(ExpansionPlan expansion)
    {
        string share = PlanText.Option("Share", expansion.Share, 1);
        string outgoing = expansion.Outgoing == Outgoing.Prune ? string.Empty : $", Outgoing: {TypeNames.Outgoing}.{expansion.Outgoing}";
        string creation = Invariant(
            $"new {TypeNames.ExpansionPlan}(Factor: {expansion.Factor}, Strategy: {TypeNames.Split}.{expansion.Strategy}{share}{outgoing})");
        string[] options = [.. OptionsOf(expansion)];
        return options.Length == 0 ? creation : Initializer.After(creation, options);
    }

    /// <summary>Returns how many neurons share a partition, if they do, for the description of a layer.</summary>
    public static string Shared(ExpansionPlan expansion) =>
        expansion.IsExpanded && expansion.Share > 1 ? Invariant($", Share = {expansion.Share}") : string.Empty;

    private static IEnumerable<string> OptionsOf(ExpansionPlan expansion)
    {
        if (expansion.Within > 0)
            yield return Invariant($"Within = {expansion.Within}");
        if (expansion.Clauses.Count == 0)
            yield break;
        IEnumerable<string> clauses = expansion.Clauses.Select(clause => $"    [{string.Join(", ", clause.Select(input => Invariant($"{input}")))}],");
        yield return string.Join("\n", ["Clauses =", "[", .. clauses, "]"]);
    }
}
