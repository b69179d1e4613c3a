using Samples.Paper.Results;

namespace Samples.Paper.Comparisons;

/// <summary>A network and the dense parent it is compared with: same setting, same seed, same initial weights.</summary>
/// <param name="Network">The network.</param>
/// <param name="Dense">The dense parent, trained for the same number of epochs; null if that run is missing or diverged.</param>
internal sealed record Pair(RunResult Network, RunResult? Dense)
{
    /// <summary>Gain in test accuracy over the dense parent, in points; null without a dense parent.</summary>
    public double? Gain => Dense is null ? null : 100 * (Network.Measurement!.TestAccuracy - Dense.Measurement!.TestAccuracy);
}
