using Samples.Paper.Claims;

namespace Samples.Paper.Tables;

/// <summary>What the runs say of each claim.</summary>
internal static class ClaimsTable
{
    private static readonly string[] Columns = ["claim", "of", "task", "verdict", "reproduced if", "effect", "seeds or pairs"];

    /// <summary>Creates the table.</summary>
    public static ResultTable Create(IReadOnlyList<ClaimFinding> findings) => new(
        "Claims: effects in points of test accuracy, or as correlation r, with 95 % intervals",
        Columns,
        [.. findings.Select(finding => (string[])
        [
            finding.Claim, finding.Origin == ClaimOrigin.Paper ? "paper" : "ours", finding.Task, Words(finding.Verdict), finding.Rule,
            finding.Effect is { } effect ? $"{Numbers.Interval(effect.Mean, effect.Low, effect.High)} {effect.Unit}" : "",
            finding.Effect is { } counted ? Numbers.Count(counted.Count) : "",
        ])],
        WordColumns: 5)
    {
        LeftOutFirst = ["reproduced if", "of", "seeds or pairs"],
    };

    /// <summary>A verdict in words.</summary>
    public static string Words(Verdict verdict) => verdict switch
    {
        Verdict.Reproduced => "reproduced",
        Verdict.NotReproduced => "not reproduced",
        _ => "not tested",
    };
}
