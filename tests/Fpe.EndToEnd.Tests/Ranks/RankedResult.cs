using System.Globalization;
using System.Text.RegularExpressions;
using Fpe.EndToEnd.Tests.Support;

namespace Fpe.EndToEnd.Tests.Ranks;

/// <summary>What <c>TrainOnRanks</c> printed.</summary>
/// <param name="Training">How the run ended, with losses and a checksum of all weights: equal bits are an equal line.</param>
/// <param name="Ranks">What each rank read and sent, in their order.</param>
internal sealed partial record RankedResult(string Training, IReadOnlyList<RankedResult.Rank> Ranks)
{
    /// <summary>Reads the lines of a run that ended well.</summary>
    public static RankedResult Of(CommandResult result)
    {
        Assert.True(result.ExitCode == 0, result.ToString());
        return Read(result);
    }

    /// <summary>Reads the lines of a run, whatever mpirun made of its end.</summary>
    public static RankedResult Read(CommandResult result)
    {
        Match training = TrainingLine().Match(result.Output);
        Assert.True(training.Success, result.ToString());
        Rank[] ranks = [.. RankLine().Matches(result.Output).Select(match => new Rank(Number(match, 1), Number(match, 2), Number(match, 3), Number(match, 4))).OrderBy(rank => rank.Number)];
        return new RankedResult(training.Value, ranks);
    }

    private static long Number(Match match, int group) => long.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(Completed|Cancelled|EarlyStopped) after \d+ epochs.* weights [0-9a-f]{16}")]
    private static partial Regex TrainingLine();

    [GeneratedRegex(@"rank (\d+) of \d+ \(.*\): read (\d+) samples, sent (\d+) bytes, (\d+) weights and biases")]
    private static partial Regex RankLine();

    /// <summary>What a rank did.</summary>
    internal sealed record Rank(long Number, long SamplesRead, long BytesSent, long Parameters);
}
