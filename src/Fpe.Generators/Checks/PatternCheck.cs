using System.Linq;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;
using static System.FormattableString;

namespace Fpe.Generators.Checks;

/// <summary>Checks that an N:M pattern gives each child the same number of inputs of every group.</summary>
internal static class PatternCheck
{
    public static void Run(ExpandableLayer layer, DeclaredExpansion expansion, string subject, Findings findings)
    {
        (int within, int factor, int inputs) = (expansion.Within, expansion.Factor, layer.Inputs);
        bool isAboveFanIn = factor > inputs && !expansion.LearnsEdges;
        if (within == 0 || isAboveFanIn || (within > 0 && within % factor == 0 && inputs % within == 0))
            return;

        int[] fitting = NearestDivisors.Of(inputs, within, divisor => divisor % factor == 0);
        findings.AddFixable(
            ExpansionRules.Pattern, expansion.Attribute.LocationOf(AttributeNames.Within), FixData.Numbers,
            string.Join(";", fitting.Select(number => Invariant($"{number}"))),
            subject, within, factor, inputs, fitting.Length > 0 ? $"use {Either(fitting)}" : RemedyWithoutPattern(factor, inputs));
    }

    private static string RemedyWithoutPattern(int factor, int inputs)
    {
        int[] factors = NearestDivisors.Of(inputs, factor, divisor => divisor > 1);
        string other = factors.Length > 0 ? $"; use factor {Either(factors)}, or remove Within" : "; remove Within";
        return Invariant($"no number fits, because factor {factor} does not divide {inputs}{other}");
    }

    private static string Either(int[] numbers) => string.Join(" or ", numbers.Select(number => Invariant($"{number}")));
}
