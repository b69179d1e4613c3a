namespace Samples.Paper.Experiments;

/// <summary>
/// The default runs with learned edges, unless strategies or factors are specified: learning chooses among the edges of a wide network, so
/// a narrow parent gets more children than with a split.
/// </summary>
internal static class LearnedEdges
{
    // Number of neurons of the wide network, unless the dense parent is already wide.
    private const int WideNetwork = 64;
    private const int FewestChildren = 4;

    /// <summary>Returns the sweeps in addition to the usual one, with one factor per setting.</summary>
    /// <param name="usual">The usual sweep.</param>
    /// <param name="request">The request of the command line.</param>
    public static IEnumerable<Sweep> Of(Sweep usual, Request request) =>
        request is not { Strategies: null, Factors: null }
            ? []
            : usual.Settings.Select(setting => usual with
            {
                Settings = [setting],
                Strategies = request.Choose<Strategy[]>(
                    [Strategy.Learned, Strategy.Rigl], [Strategy.Learned, Strategy.LearnedShare, Strategy.Rigl],
                    [Strategy.Learned, Strategy.LearnedShare, Strategy.LearnedPattern, Strategy.Rigl, Strategy.Set, Strategy.SplitRigl]),
                Factors = [Math.Max(FewestChildren, WideNetwork / setting.Width)],
            });
}
