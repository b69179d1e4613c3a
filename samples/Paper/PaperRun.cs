using Fpe.Cli;
using Fpe.Cli.Clusters;
using Fpe.Cli.Display;
using Fpe.Cli.Results;
using Fpe.Cli.Running;
using Fpe.Cli.Sweeps;
using Fpe.Compute;
using Fpe.Files;
using Samples.Paper.Claims;
using Samples.Paper.CommandLine;
using Samples.Paper.Comparisons;
using Samples.Paper.Display;
using Samples.Paper.Experiments;
using Samples.Paper.Report;
using Samples.Paper.Results;
using Samples.Paper.Running;
using Samples.Paper.Tables;
using Spectre.Console;

namespace Samples.Paper;

/// <summary>Runs the requested experiments, except finished runs, and shows the results.</summary>
internal static class PaperRun
{
    /// <summary>Name of the program, for messages.</summary>
    public const string Program = "Paper";

    /// <summary>Runs experiments.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Execute(IReadOnlyList<Experiment> experiments, PaperOptions options)
    {
        if (options.Sweep.Print is { Cluster: Cluster.Container })
        {
            ClusterFiles.WriteContainer(Console.Out, Program);
            return ExitCode.Success;
        }

        CheckFiles(options);
        using AtomicFile? report = options.ReportFile is null ? null : new AtomicFile(options.ReportFile);
        using var interruption = new Interruption();
        PreparedExperiment[] prepared = [.. experiments.Select(experiment => experiment.Prepare(options.Request))];
        var sweep = new SweepPlan(Program, [.. prepared.SelectMany(experiment => RunSchedule.WorkItemsOf(experiment.Task, experiment.Plan.Runs))]);
        if (options.Sweep.Print is { } print)
            return Print(prepared, sweep, options, print);
        foreach (string line in prepared.SelectMany(experiment => experiment.Plan.LeftOut))
            Note(line);

        using var results = new ResultStore<RunResult>(options.Results, RunResultFormat.Instance, sweep, options.Sweep.Shard, Note);
        PreparedExperiment[] own = [.. PartOf(prepared, sweep.RunsOf(options.Sweep.Shard))];
        RunConfiguration[] planned = [.. own.SelectMany(experiment => experiment.Plan.Runs)];
        int done = planned.Count(run => results.Find(run.Key) is not null);
        Run(own, options, results, interruption.Token);
        RunResult[] finished = [.. planned.Select(run => results.Find(run.Key)).OfType<RunResult>()];
        if (finished.Length == planned.Length)
            results.Complete();
        if (!options.Sweep.Shard.IsWhole)
            return ReportPart(options, planned, finished, interruption);

        IReadOnlyList<ClaimFinding> claims = Show(finished, isComplete: finished.Length == planned.Length);
        Terminal.Output().WriteLine($"{finished.Length} of {planned.Length} runs are in {options.Results}.");
        if (finished.Length < planned.Length)
            return interruption.ExitCode;

        report?.Commit(stream => ReportPage.Write(stream, finished, claims, Provenance.OfThisProcess(trained: planned.Length - done)));
        return finished.Any(result => result.IsDiverged) ? ExitCode.Diverged : ExitCode.Success;
    }

    private static int Print(PreparedExperiment[] prepared, SweepPlan sweep, PaperOptions options, PrintRequest print)
    {
        double largest = prepared.SelectMany(experiment => experiment.Plan.Runs.Select(run => RunCost.WeightsOf(experiment.Task, run))).Max();
        ClusterFiles.Write(Console.Out, print, sweep, options.Results, RunResultFormat.WithoutLosses, options.Threads, largest);
        return ExitCode.Success;
    }

    private static IEnumerable<PreparedExperiment> PartOf(PreparedExperiment[] prepared, Func<string, bool> contains) =>
        prepared.Select(experiment => experiment with { Plan = experiment.Plan with { Runs = [.. experiment.Plan.Runs.Where(run => contains(run.Key))] } });

    // A run that diverged has a result like any other: the worker has done its part, and starting it again would not change that.
    private static int ReportPart(PaperOptions options, RunConfiguration[] planned, RunResult[] finished, Interruption interruption)
    {
        Terminal.Output().WriteLine($"Part {options.Sweep.Shard}: {finished.Length} of {planned.Length} runs are in {options.Results}.");
        return finished.Length < planned.Length ? interruption.ExitCode : ExitCode.Success;
    }

    private static void CheckFiles(PaperOptions options)
    {
        var roles = new FileRoles();
        foreach (string file in options.Request.DataFiles)
            roles.Read("the data", file);
        ResultsOption.AddRoles(roles, options.Results, options.Sweep.Shard);
        roles.Write("--report", options.ReportFile);
    }

    private static void Run(PreparedExperiment[] prepared, PaperOptions options, ResultStore<RunResult> results, CancellationToken cancellation)
    {
        (LearningTask Task, RunConfiguration[] Runs)[] open =
        [
            .. from experiment in prepared
               let missing = experiment.Plan.Runs.Where(run => results.Find(run.Key) is null).ToArray()
               where missing.Length > 0
               select (experiment.Task, missing),
        ];
        int planned = prepared.Sum(experiment => experiment.Plan.Runs.Count);
        int count = open.Sum(part => part.Runs.Length);
        if (count < planned)
            Note($"{planned - count} of {planned} runs are done already.");
        if (count == 0)
            return;

        foreach ((LearningTask task, _) in open)
            task.Load();
        double work = open.Sum(part => RunSchedule.WorkOf(part.Task, part.Runs));
        IRunProgress progress = Terminal.ProgressConsole() is { } console
            ? new RunBar(console, count, work)
            : new RunLines(Console.Error, count, work);
        Job[] jobs = [.. open.SelectMany(part => RunSchedule.JobsOf(new RunContext(part.Task, results, progress, Device.Default), part.Runs))];
        progress.Around(() => JobQueue.Run(jobs, options.Threads, cancellation));
    }

    private static IReadOnlyList<ClaimFinding> Show(RunResult[] finished, bool isComplete)
    {
        IAnsiConsole console = Terminal.Output();
        var table = new RunTable(finished);
        if (!isComplete)
            console.WriteLine("INCOMPLETE: not all runs ended; no conclusions are drawn.");
        foreach (string experiment in table.Experiments)
            ExperimentTable.Create(table, experiment).Write(console);

        IReadOnlyList<ClaimFinding> claims = Claim.Examine(table);
        if (!isComplete)
            return claims;
        ClaimsTable.Create(claims)?.Write(console);
        if (ClaimsTable.Untested(claims) is { } untested)
            console.WriteLine(untested);
        return claims;
    }

    private static void Note(string line) => Terminal.WriteError(Program, line);
}
