using Fpe.Cli.Clusters;
using Fpe.Cli.Commands;
using Fpe.Cli.Display;
using Fpe.Cli.Reports;
using Fpe.Cli.Results;
using Fpe.Cli.Running;
using Fpe.Cli.Sweeps;
using Spectre.Console;

namespace Fpe.Cli;

/// <summary>Compares an expanded model with its dense parent over several seeds, according to the command line.</summary>
public static class Study
{
    /// <summary>Runs a study: all that a program's <c>Main</c> method needs to do.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="definition">The task and its models.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Run(string[] args, StudyDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(definition);
        return CommandLine.Run(definition.Name, () => new StudyCommand(definition).Create(
            (options, sweep) => Run(definition, options, sweep), options => StudyMerge.Run(definition, options)), args);
    }

    private static int Run(StudyDefinition definition, StudyOptions options, SweepRequest sweep)
    {
        if (sweep.Print is { Cluster: Cluster.Container })
        {
            ClusterFiles.WriteContainer(Console.Out, definition.Name);
            return ExitCode.Success;
        }

        CheckSweep(options, sweep);
        CheckFiles(definition, options, sweep.Shard);
        var runner = new StudyRunner(definition.Training, options);
        if (sweep.Print is { } print)
            return Print(definition, runner, options, print);
        using var files = new ReportFiles(options.JsonFile, options.CsvFile);
        using var interruption = new Interruption();
        StudyData data = definition.Load();
        using StudyResults? results = options.Results is null
            ? null
            : new StudyResults(options.Results, new StudySweep(definition.Name, runner, options, data), sweep.Shard, line => Terminal.WriteError(definition.Name, line));

        (long planned, long open) = runner.CountRuns(results);
        if (open < planned && !options.Quiet)
            Terminal.WriteError(definition.Name, $"{planned - open} of {planned} runs are done already.");
        IStudyProgress progress = Terminal.Progress(open, options);
        StudyOutcome? outcome = null;
        progress.Around(() => outcome = runner.Run(data, results, progress, interruption.Token));
        return sweep.Shard.IsWhole
            ? Report(definition, options, outcome!, results, files, interruption)
            : ReportPart(definition, options, sweep.Shard, outcome!, results!, interruption);
    }

    private static int Print(StudyDefinition definition, StudyRunner runner, StudyOptions options, PrintRequest print)
    {
        SweepPlan sweep = new StudySweep(definition.Name, runner, options, definition.Load()).Plan;
        ClusterFiles.Write(Console.Out, print, sweep, options.Results!, StudyResultFormat.Instance, options.Threads, options.Model.Plan.ExpandedWeights);
        return ExitCode.Success;
    }

    private static void CheckSweep(StudyOptions options, SweepRequest sweep)
    {
        if (sweep is { Shard.IsWhole: true, Print: null })
            return;
        string option = sweep.Print is null ? $"{SweepOptions.ShardName} {sweep.Shard}" : "what is printed";
        if (options.Results is null)
            throw new StudyException($"{option} needs a folder that all workers share; specify it with {ResultsOption.Name}.");
        if (options.JsonFile is not null || options.CsvFile is not null)
            throw new StudyException($"{option} is for workers, which have only a part of the runs; remove --json and --csv, and write them with the command merge.");
    }

    private static void CheckFiles(StudyDefinition definition, StudyOptions options, Shard shard)
    {
        var roles = new FileRoles();
        foreach (string file in definition.Files)
            roles.Read("the data", file);
        roles.WriteInto("--checkpoint", options.CheckpointFolder);
        ResultsOption.AddRoles(roles, options.Results, shard);
        roles.Write("--json", options.JsonFile);
        roles.Write("--csv", options.CsvFile);
    }

    // A run that diverged has a result like any other: the worker has done its part, and starting it again would not change that.
    private static int ReportPart(
        StudyDefinition definition, StudyOptions options, Shard shard, StudyOutcome outcome, StudyResults results, Interruption interruption)
    {
        StudyReport.WriteDivergences(definition.Name, outcome);
        if (!options.Quiet)
            Terminal.Output().WriteLine($"Part {shard}: {outcome.Ended} of {outcome.Planned} runs are in {options.Results}.");
        if (!outcome.IsComplete)
            return interruption.ExitCode;
        results.Complete();
        return ExitCode.Success;
    }

    private static int Report(
        StudyDefinition definition, StudyOptions options, StudyOutcome outcome, StudyResults? results, ReportFiles files, Interruption interruption)
    {
        if (!options.Quiet)
            StudyReport.Write(Terminal.Output(), definition.Name, new StudyTopic(options.Model, options.Seeds, options.Epochs, options.ExpandAfter), outcome);
        StudyReport.WriteDivergences(definition.Name, outcome);

        if (!outcome.IsComplete)
            return interruption.ExitCode;
        results?.Complete();
        files.Commit([.. outcome.Finished.Select(run => run.Record)]);
        return outcome.Diverged.Count == 0 ? ExitCode.Success : ExitCode.Diverged;
    }
}
