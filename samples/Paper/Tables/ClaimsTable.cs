using Samples.Paper.Claims;

namespace Samples.Paper.Tables;

/// <summary>What the runs say of each claim they test.</summary>
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

    /// <summary>How many claims there are too few runs for, in a sentence; null if there are none.</summary>
    public static string? Untested(IReadOnlyList<ClaimFinding> findings) => findings.Count(finding => finding.Verdict == Verdict.NotTested) switch
    {
        0 => null,
        1 => "1 claim is left out, since there are too few runs to test it.",
        int count => $"{count} claims are left out, since there are too few runs to test them.",
    };

    /// <summary>A verdict in words.</summary>
    public static string Words(Verdict verdict) => verdict switch
    {
        Verdict.Reproduced => "reproduced",
        Verdict.Contradicted => "contradicted",
        Verdict.Undecided => "undecided",
        Verdict.NotTested => "not tested",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "Unknown verdict."),
    };

    /// <summary>How many seeds or pairs would decide on a claim that is undecided; nothing for others.</summary>
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
