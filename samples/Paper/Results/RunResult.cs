using System.Text.Json.Serialization;

namespace Samples.Paper.Results;

/// <summary>What one run brought: it was trained to the end, or it diverged.</summary>
internal sealed record RunResult
{
    /// <summary>What was run.</summary>
    public required RunConfiguration Configuration { get; init; }

    /// <summary>Accuracies and measures; null for a run that diverged.</summary>
    public Measurement? Measurement { get; init; }

    /// <summary>Where the run diverged; null for one that did not.</summary>
    public Divergence? Divergence { get; init; }

    /// <summary>
    /// Mean training loss: one value an epoch, or, where there are more than <see cref="LossCurve.MaximumPoints"/>, one for each
    /// of as many stretches of epochs.
    /// </summary>
    public required IReadOnlyList<double> Loss { get; init; }

    /// <summary>Time of training on one thread, the warm-up included; the only value that differs between repetitions.</summary>
    public required double Seconds { get; init; }

    /// <summary>Whether the run diverged.</summary>
    [JsonIgnore]
    public bool IsDiverged => Divergence is not null;
}
