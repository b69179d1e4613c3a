namespace Fpe.Cli.Running;

/// <summary>The outcomes of the runs of a study, ordered by seed, with the dense parent before the expanded model.</summary>
/// <param name="Planned">The number of planned runs.</param>
/// <param name="Finished">The runs that were trained to the end.</param>
/// <param name="Diverged">The runs that diverged.</param>
internal sealed record StudyOutcome(long Planned, IReadOnlyList<FinishedRun> Finished, IReadOnlyList<DivergedRun> Diverged)
{
    /// <summary>The number of runs that finished or diverged.</summary>
    public int Ended => Finished.Count + Diverged.Count;

    /// <summary>Whether no run was cancelled.</summary>
    public bool IsComplete => Ended == Planned;

    /// <summary>Returns the finished runs of the dense parent or of the expanded model.</summary>
    public IEnumerable<RunRecord> Records(bool expanded) =>
        Finished.Where(run => run.Run.IsExpanded == expanded).Select(run => run.Record);
}
