using System.Text.Json.Serialization;

namespace Samples.Paper.Results;

/// <summary>The result of a run, which was trained to the end or diverged.</summary>
internal sealed record RunResult
{
    /// <summary>The configuration of the run.</summary>
    public required RunConfiguration Configuration { get; init; }

    /// <summary>Accuracies and measures; null for a run that diverged.</summary>
    public Measurement? Measurement { get; init; }

    /// <summary>Where the run diverged; null for one that did not.</summary>
    public Divergence? Divergence { get; init; }

    /// <summary>
    /// Mean training loss: one value per epoch or, if there are more than <see cref="LossCurve.MaximumPoints"/>, one value for each of that
    /// many intervals. Empty if losses were only checked (<see cref="RunResultFormat.WithoutLosses"/>).
    /// </summary>
    public required IReadOnlyList<double> Loss { get; init; }

    /// <summary>Training time on one thread, including the warm-up; the only value that differs between repetitions.</summary>
    public required double Seconds { get; init; }

    /// <summary>Whether the run diverged.</summary>
    [JsonIgnore]
    public bool IsDiverged => Divergence is not null;
}
