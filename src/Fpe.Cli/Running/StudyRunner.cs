using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Fpe.Compute;
using Fpe.Training;

namespace Fpe.Cli.Running;

/// <summary>Runs a study: the dense parent and the expanded model for every seed, several at a time.</summary>
internal sealed class StudyRunner
{
    private readonly StudyRun[] runs;
    private readonly int threads;
    private readonly Device device;

    /// <summary>Plans the runs.</summary>
    /// <exception cref="TrainingOptionsException">An option does not fit the model.</exception>
    /// <exception cref="StudyException">Runs are to be resumed, but from nowhere.</exception>
    public StudyRunner(TrainingOptions training, StudyOptions options)
    {
        TrainingOptions expanded = training with { Epochs = options.Epochs, ExpandAfter = options.ExpandAfter };
        TrainingOptions dense = expanded with { ExpandAfter = null };
        expanded.Validate(options.Model.Plan);

        if (options.Resume && options.CheckpointFolder is null)
            throw new StudyException("--resume: there is nothing to go on with; name the folder of the runs with --checkpoint.");
        StudyRun[] Pair(int seed) => [new(options.Model, seed, dense), new(options.Model, seed, expanded)];
        runs = [.. Enumerable.Range(0, options.Seeds).SelectMany(Pair)];
        if (options.CheckpointFolder is { } folder)
            runs = Array.ConvertAll(runs, run => run.SavedIn(folder, options.Resume));
        threads = options.Threads;
        device = options.Device;
    }

    /// <summary>Number of runs.</summary>
    public int Count => runs.Length;

    /// <summary>Runs everything. The outcome is the same whatever the number of threads.</summary>
    /// <param name="data">The data.</param>
    /// <param name="progress">Is told what happens, from several threads.</param>
    /// <param name="cancellation">Ends the study; runs that are under way are given up, or saved where there is a folder for them.</param>
    /// <exception cref="FpeException">The data does not fit, or a model cannot be trained; for any reason but divergence.</exception>
    public StudyOutcome Run(StudyData data, IStudyProgress progress, CancellationToken cancellation)
    {
        foreach (StudyRun run in runs.Take(2))
            CheckData(run, data);

        var outcomes = new RunOutcome?[runs.Length];
        try
        {
            var order = Partitioner.Create(Enumerable.Range(0, runs.Length), EnumerablePartitionerOptions.NoBuffering);
            Parallel.ForEach(order, new ParallelOptions { MaxDegreeOfParallelism = threads }, (index, loop) =>
            {
                if (cancellation.IsCancellationRequested)
                    loop.Stop();
                else
                    outcomes[index] = Execute(runs[index], data, progress, cancellation);
            });
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }

        return new StudyOutcome(runs.Length, [.. outcomes.OfType<FinishedRun>()], [.. outcomes.OfType<DivergedRun>()]);
    }

    private RunOutcome? Execute(StudyRun run, StudyData data, IStudyProgress progress, CancellationToken cancellation)
    {
        RunOutcome? outcome = run.Execute(data, device, progress, cancellation);
        if (outcome is not null)
            progress.RunEnded(outcome);
        return outcome;
    }

    private void CheckData(StudyRun run, StudyData data)
    {
        using Model model = run.Model.Create(run.Seed, device);
        run.Training.Validate(model, data.Train, data.Test);
    }
}
