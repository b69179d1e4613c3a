using System.Collections.Concurrent;
using Fpe.Cli.Results;
using Fpe.Training;

namespace Fpe.Cli.Running;

/// <summary>Runs a study: the dense parent and the expanded model for each seed, several runs at a time.</summary>
internal sealed class StudyRunner
{
    private readonly StudyOptions options;
    private readonly TrainingOptions dense;

    /// <summary>Plans the runs.</summary>
    /// <exception cref="TrainingOptionsException">An option does not fit the model.</exception>
    /// <exception cref="StudyException">Runs should be resumed, but no checkpoint folder is specified.</exception>
    public StudyRunner(TrainingOptions training, StudyOptions options)
    {
        this.options = options;
        Expanded = training with { Epochs = options.Epochs, ExpandAfter = options.ExpandAfter };
        dense = Expanded with { ExpandAfter = null };
        Expanded.Validate(options.Model.Plan);

        if (options.Resume && options.CheckpointFolder is null)
            throw new StudyException("--resume: there is nothing to resume; specify the folder of the runs with --checkpoint.");
    }

    /// <summary>The number of runs. They are planned one by one, because there may be more than fit into memory.</summary>
    public long Count => 2L * options.Seeds;

    /// <summary>The training options of the expanded model.</summary>
    public TrainingOptions Expanded { get; }

    /// <summary>Returns the runs, ordered by seed, with the dense parent before the expanded model.</summary>
    public IEnumerable<StudyRun> Runs() => Indices().Select(RunAt);

    /// <summary>Runs everything, or the part of this process, except finished runs. The outcome does not depend on the number of threads.</summary>
    /// <param name="data">The data.</param>
    /// <param name="results">Where results are kept; null to keep none.</param>
    /// <param name="progress">Receives the events, from several threads.</param>
    /// <param name="cancellation">Ends the study; unfinished runs are abandoned, or saved if there is a checkpoint folder.</param>
    /// <exception cref="FpeException">The data does not fit, or a model cannot be trained for a reason other than divergence.</exception>
    public StudyOutcome Run(StudyData data, StudyResults? results, IStudyProgress progress, CancellationToken cancellation)
    {
        CheckData(RunAt(0), data);
        CheckData(RunAt(1), data);

        var outcomes = new ConcurrentBag<(long Index, RunOutcome Outcome)>();
        IEnumerable<long> own = Indices().TakeWhile(_ => !cancellation.IsCancellationRequested).Where(index => results?.Contains(RunAt(index)) ?? true);
        Simultaneously.ForEach(own, options.Threads, index =>
        {
            if (Outcome(RunAt(index), data, results, progress, cancellation) is { } outcome)
                outcomes.Add((index, outcome));
        });

        RunOutcome[] ended = [.. outcomes.OrderBy(entry => entry.Index).Select(entry => entry.Outcome)];
        return new StudyOutcome(Planned(results), [.. ended.OfType<FinishedRun>()], [.. ended.OfType<DivergedRun>()]);
    }

    /// <summary>Returns the number of runs of this process, and of those that are not finished.</summary>
    public (long Planned, long Open) CountRuns(StudyResults? results) =>
        (Planned(results), results is null ? Count : Runs().LongCount(run => results.Contains(run) && results.Find(run) is null));

    private long Planned(StudyResults? results) => results is null ? Count : Runs().LongCount(results.Contains);

    private IEnumerable<long> Indices()
    {
        for (long index = 0; index < Count; index++)
            yield return index;
    }

    private StudyRun RunAt(long index)
    {
        var run = new StudyRun(options.Model, index / 2, index % 2 == 0 ? dense : Expanded);
        return options.CheckpointFolder is { } folder ? run.SavedIn(folder, options.Resume) : run;
    }

    private RunOutcome? Outcome(StudyRun run, StudyData data, StudyResults? results, IStudyProgress progress, CancellationToken cancellation)
    {
        if (results?.Find(run) is { } finished)
            return finished;
        RunOutcome? outcome = run.Execute(data, options.Device, progress, cancellation);
        if (outcome is null)
            return null;
        results?.Append(outcome);
        progress.RunEnded(outcome);
        return outcome;
    }

    private void CheckData(StudyRun run, StudyData data)
    {
        using Model model = run.Model.Create(run.Seed, options.Device);
        run.Training.Validate(model, data.Train, data.Test);
    }
}
