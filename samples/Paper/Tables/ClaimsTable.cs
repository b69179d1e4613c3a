using Samples.Paper.Claims;

namespace Samples.Paper.Tables;

/// <summary>The table of the claims that the runs test.</summary>
internal static class ClaimsTable
{
    private static readonly string[] Columns = ["claim", "of", "task", "verdict", "reproduced if", "effect", "seeds or pairs", "would decide"];

    /// <summary>Creates the table; null if no claim was tested.</summary>
    public static ResultTable? Create(IReadOnlyList<ClaimFinding> findings)
    {
        string[][] rows = [.. findings.Where(finding => finding.Effect is not null).Select(Row)];
        return rows.Length == 0 ? null : new ResultTable("Claims: effects in points of test accuracy, or as correlation r, with 95 % intervals", Columns, rows, WordColumns: 5)
        {
            LeftOutFirst = ["reproduced if", "of", "would decide", "seeds or pairs"],
        };
    }

    /// <summary>Returns a sentence with the number of claims that have too few runs; null if there are none.</summary>
    public static string? Untested(IReadOnlyList<ClaimFinding> findings) => findings.Count(finding => finding.Verdict == Verdict.NotTested) switch
    {
        0 => null,
        1 => "1 claim is left out, since there are too few runs to test it.",
        int count => $"{count} claims are left out, since there are too few runs to test them.",
    };

    /// <summary>Returns a sentence with the number of claims by verdict.</summary>
    public static string Tally(IReadOnlyList<ClaimFinding> findings)
    {
        int tested = findings.Count(finding => finding.Effect is not null);
        int Count(Verdict verdict) => findings.Count(finding => finding.Verdict == verdict);
        return tested == 0
            ? "No claim was tested: that needs at least three seeds."
            : $"Claims tested: {tested}. Reproduced: {Count(Verdict.Reproduced)}; contradicted: {Count(Verdict.Contradicted)}; undecided: {Count(Verdict.Undecided)}.";
    }

    /// <summary>Returns a verdict as text.</summary>
    public static string Words(Verdict verdict) => verdict switch
    {
        Verdict.Reproduced => "reproduced",
        Verdict.Contradicted => "contradicted",
        Verdict.Undecided => "undecided",
        Verdict.NotTested => "not tested",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "Unknown verdict."),
    };

    /// <summary>Returns the number of seeds or pairs that would decide an undecided claim; empty for others.</summary>
    public static string NeededBy(ClaimFinding finding) => finding switch
    {
        { Verdict: not Verdict.Undecided } => "",
        { CountToDecide: { } count } => Numbers.Count(count),
        _ => "no number",
    };

    private static string[] Row(ClaimFinding finding)
    {
        Effect effect = finding.Effect!;
        return
        [
            finding.Claim, finding.Origin == ClaimOrigin.Paper ? "paper" : "ours", finding.Task, Words(finding.Verdict), finding.Rule,
            $"{Numbers.Interval(effect.Mean, effect.Low, effect.High)} {effect.Unit}", Numbers.Count(effect.Count), NeededBy(finding),
        ];
    }
}
