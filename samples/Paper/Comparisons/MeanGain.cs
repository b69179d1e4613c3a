using Fpe.Numerics;

namespace Samples.Paper.Comparisons;

/// <summary>The gain of a network over its dense parent in several settings.</summary>
internal static class MeanGain
{
    /// <summary>
    /// Averages gains over settings, seed by seed, so that the interval is that of the seeds. Seeds with a missing run are left out.
    /// </summary>
    /// <param name="comparisons">The network in each setting.</param>
    /// <returns>Points of test accuracy; null if no seed has all runs.</returns>
    public static SampleStatistics? Of(IReadOnlyList<Comparison> comparisons)
    {
        double[] bySeed =
        [
            .. from pair in comparisons.SelectMany(comparison => comparison.Pairs)
               where pair.Gain is not null
               group pair.Gain!.Value by pair.Network.Configuration.Seed into gains
               where gains.Count() == comparisons.Count
               orderby gains.Key
               select gains.Average(),
        ];
        return bySeed.Length == 0 ? null : SampleStatistics.Of(bySeed);
    }
}
