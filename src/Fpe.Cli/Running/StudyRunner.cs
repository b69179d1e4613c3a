using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Fpe.Training;

namespace Fpe.Cli.Running;

/// <summary>Runs a study: the dense parent and the expanded model for each seed, several runs at a time.</summary>
internal sealed class StudyRunner
{
    private readonly StudyOptions options;
    private readonly TrainingOptions dense;
    private readonly TrainingOptions expanded;

    /// <summary>Plans the runs.</summary>
    /// <exception cref="TrainingOptionsException">An option does not fit the model.</exception>
    /// <exception cref="StudyException">Runs should be resumed, but no checkpoint folder is specified.</exception>
    public StudyRunner(TrainingOptions training, StudyOptions options)
    {
        this.options = options;
        expanded = training with { Epochs = options.Epochs, ExpandAfter = options.ExpandAfter };
        dense = expanded with { ExpandAfter = null };
        expanded.Validate(options.Model.Plan);

        if (options.Resume && options.CheckpointFolder is null)
            throw new StudyException("--resume: there is nothing to resume; specify the folder of the runs with --checkpoint.");
    }

    /// <summary>The number of runs. They are planned one by one, because there may be more than fit into memory.</summary>
    public long Count => 2L * options.Seeds;

    /// <summary>Runs everything. The outcome does not depend on the number of threads.</summary>
    /// <param name="data">The data.</param>
    /// <param name="progress">Receives the events, from several threads.</param>
    /// <param name="cancellation">Ends the study; unfinished runs are abandoned, or saved if there is a checkpoint folder.</param>
    /// <exception cref="FpeException">The data does not fit, or a model cannot be trained for a reason other than divergence.</exception>
    public StudyOutcome Run(StudyData data, IStudyProgress progress, CancellationToken cancellation)
    {
        CheckData(RunAt(0), data);
        CheckData(RunAt(1), data);

        var outcomes = new ConcurrentBag<(long Index, RunOutcome Outcome)>();
        try
        {
            var order = Partitioner.Create(Indices(), EnumerablePartitionerOptions.NoBuffering);
            Parallel.ForEach(order, new ParallelOptions { MaxDegreeOfParallelism = options.Threads }, (index, loop) =>
            {
                if (cancellation.IsCancellationRequested)
                    loop.Stop();
                else if (Execute(RunAt(index), data, progress, cancellation) is { } outcome)
                    outcomes.Add((index, outcome));
            });
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }

        RunOutcome[] ended = [.. outcomes.OrderBy(entry => entry.Index).Select(entry => entry.Outcome)];
        return new StudyOutcome(Count, [.. ended.OfType<FinishedRun>()], [.. ended.OfType<DivergedRun>()]);
    }

    private IEnumerable<long> Indices()
    {
        for (long index = 0; index < Count; index++)
            yield return index;
    }

    // Ordered by seed, with the dense parent before the expanded model.
    private StudyRun RunAt(long index)
    {
        var run = new StudyRun(options.Model, index / 2, index % 2 == 0 ? dense : expanded);
        return options.CheckpointFolder is { } folder ? run.SavedIn(folder, options.Resume) : run;
    }

    private RunOutcome? Execute(StudyRun run, StudyData data, IStudyProgress progress, CancellationToken cancellation)
    {
        RunOutcome? outcome = run.Execute(data, options.Device, progress, cancellation);
        if (outcome is not null)
            progress.RunEnded(outcome);
        return outcome;
    }

    private void CheckData(StudyRun run, StudyData data)
    {
        using Model model = run.Model.Create(run.Seed, options.Device);
        run.Training.Validate(model, data.Train, data.Test);
    }
}
