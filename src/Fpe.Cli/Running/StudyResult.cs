namespace Fpe.Cli.Running;

/// <summary>The result of a run in a results file; the run finished or diverged.</summary>
internal sealed record StudyResult
{
    /// <summary>The run.</summary>
    public required StudyConfiguration Configuration { get; init; }

    /// <summary>The measurements; null if the run diverged.</summary>
    public RunRecord? Record { get; init; }

    /// <summary>The layers of the trained model; null if the run diverged, and for the dense parent.</summary>
    public IReadOnlyList<LayerSummary>? Layers { get; init; }

    /// <summary>Where the run diverged; null if it finished.</summary>
    public StudyDivergence? Divergence { get; init; }

    /// <summary>Returns the outcome of a run as it is stored.</summary>
    public static StudyResult Of(StudyConfiguration configuration, RunOutcome outcome) => outcome switch
    {
        FinishedRun run => new StudyResult { Configuration = configuration, Record = run.Record, Layers = run.Summary?.Layers },
        DivergedRun run => new StudyResult { Configuration = configuration, Divergence = run.Divergence },
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome.GetType(), "Unknown outcome."),
    };

    /// <summary>Returns the outcome.</summary>
    /// <param name="run">The run.</param>
    public RunOutcome OutcomeOf(StudyRun run) => Record is { } record
        ? new FinishedRun(run, record, Layers is { } layers ? new ModelSummary(Configuration.Model, Configuration.IsExpanded, layers) : null)
        : new DivergedRun(run, Divergence!);
}
