namespace Fpe.Cli.Running;

/// <summary>What the runs of a study brought, by seed, the dense parent before the expanded model.</summary>
/// <param name="Planned">Runs that were asked for.</param>
/// <param name="Finished">Runs that were trained to the end.</param>
/// <param name="Diverged">Runs that diverged.</param>
internal sealed record StudyOutcome(long Planned, IReadOnlyList<FinishedRun> Finished, IReadOnlyList<DivergedRun> Diverged)
{
    /// <summary>Runs that came to an end, one way or the other.</summary>
    public int Ended => Finished.Count + Diverged.Count;

    /// <summary>Whether no run was cancelled.</summary>
    public bool IsComplete => Ended == Planned;

    /// <summary>The finished runs of the dense parent, or of the expanded model.</summary>
    public IEnumerable<RunRecord> Records(bool expanded) =>
        Finished.Where(run => run.Run.IsExpanded == expanded).Select(run => run.Record);
}
