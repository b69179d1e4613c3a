using System.Text;
using Fpe.Cli;
using Fpe.Cli.Display;
using Fpe.Cli.Running;
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
        CheckFiles(options);
        using AtomicFile? report = options.ReportFile is null ? null : new AtomicFile(options.ReportFile);
        using var results = new ResultsFile(options.ResultsFile, Note);
        using var interruption = new Interruption();
        PreparedExperiment[] prepared = [.. experiments.Select(experiment => experiment.Prepare(options.Request))];
        foreach (string line in prepared.SelectMany(experiment => experiment.Plan.LeftOut))
            Note(line);

        RunConfiguration[] planned = [.. prepared.SelectMany(experiment => experiment.Plan.Runs)];
        int done = planned.Count(run => results.Find(run) is not null);
        Run(prepared, options, results, interruption.Token);
        RunResult[] finished = [.. planned.Select(results.Find).OfType<RunResult>()];
        IReadOnlyList<ClaimFinding> claims = Show(finished, isComplete: finished.Length == planned.Length);
        Terminal.Output().WriteLine($"{finished.Length} of {planned.Length} runs are in {options.ResultsFile}.");
        if (finished.Length < planned.Length)
            return ExitCode.Interrupted;

        report?.Commit(stream => Write(stream, ReportPage.Of(finished, claims, Provenance.OfThisProcess(trained: planned.Length - done))));
        return finished.Any(result => result.IsDiverged) ? ExitCode.Diverged : ExitCode.Success;
    }

    /// <summary>Shows a results file, even while another process writes to it: its tables as Markdown, and the report if requested.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int ShowTables(string resultsFile, string? reportFile)
    {
        var roles = new FileRoles();
        roles.Read("--results", resultsFile);
        roles.Write("--report", reportFile);
        using AtomicFile? report = reportFile is null ? null : new AtomicFile(reportFile);
        ResultsText text = ResultsReader.Read(resultsFile);
        if (text.Tail == Tail.Torn)
            Note($"{resultsFile}: line {text.Results.Count + 1} is not whole and is left out.");

        var table = new RunTable(text.Results);
        foreach (string experiment in table.Experiments)
            ExperimentTable.Create(table, experiment).WriteMarkdown(Console.Out);
        IReadOnlyList<ClaimFinding> claims = Claim.Examine(table);
        ClaimsTable.Create(claims)?.WriteMarkdown(Console.Out);
        if (ClaimsTable.Untested(claims) is { } untested)
            Console.Out.WriteLine(untested);
        report?.Commit(stream => Write(stream, ReportPage.Of(text.Results, claims, Provenance.OfThisProcess(trained: 0))));
        return ExitCode.Success;
    }

    private static void CheckFiles(PaperOptions options)
    {
        var roles = new FileRoles();
        foreach (string file in options.Request.DataFiles)
            roles.Read("the data", file);
        roles.Write("--results", options.ResultsFile);
        roles.Write("the lock of --results", ResultsFile.LockOf(options.ResultsFile));
        roles.Write("--report", options.ReportFile);
    }

    private static void Run(PreparedExperiment[] prepared, PaperOptions options, ResultsFile results, CancellationToken cancellation)
    {
        (LearningTask Task, RunConfiguration[] Runs)[] open =
        [
            .. from experiment in prepared
               let missing = experiment.Plan.Runs.Where(run => results.Find(run) is null).ToArray()
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

    private static void Write(Stream stream, string page) => stream.Write(Encoding.UTF8.GetBytes(page));

    private static void Note(string line) => Terminal.WriteError(Program, line);
}
