namespace Samples.Paper.Experiments;

/// <summary>
/// What is run of learned edges unless strategies or factors are asked for: learning chooses among the edges of a wide network, so a
/// narrow parent gets more children than a split would.
/// </summary>
internal static class LearnedEdges
{
    // Neurons of the wide network, unless the dense parent is wide already.
    private const int WideNetwork = 64;
    private const int FewestChildren = 4;

    /// <summary>The sweeps to be added to the usual one: a factor for each setting.</summary>
    /// <param name="usual">The usual sweep.</param>
    /// <param name="request">What is asked for.</param>
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
