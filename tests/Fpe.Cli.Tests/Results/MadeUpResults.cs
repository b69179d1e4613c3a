using Fpe.Cli.Running;

namespace Fpe.Cli.Tests.Results;

/// <summary>Results of runs that never ran, as lines of various lengths.</summary>
internal static class MadeUpResults
{
    /// <summary>The result of a run that diverged, with a message of any length.</summary>
    public static StudyResult Of(int seed, int length = 20) => new()
    {
        Configuration = new StudyConfiguration(nameof(TinyNet), Epochs: 1, ExpandAfter: 0, Recipe: "0123456789abcdef", IsExpanded: true, seed),
        Divergence = new StudyDivergence(1, new string('x', length)),
    };

    /// <summary>The line of a result, with its line break.</summary>
    public static byte[] Line(int seed, int length = 20) => StudyResultFormat.Instance.Write(Of(seed, length));

    /// <summary>Lines of several lengths, with the seeds in an order.</summary>
    public static byte[] Lines(IEnumerable<int> seeds) => [.. seeds.SelectMany(seed => Line(seed, 7 * seed % 50))];
}
