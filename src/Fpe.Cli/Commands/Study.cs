using Fpe.Cli.Commands;
using Fpe.Cli.Display;
using Fpe.Cli.Reports;
using Fpe.Cli.Running;
using Fpe.Training;

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
        return CommandLine.Run(definition.Name, () => new StudyCommand(definition).Create(options => Run(definition, options)), args);
    }

    private static int Run(StudyDefinition definition, StudyOptions options)
    {
        CheckFiles(definition, options);
        var runner = new StudyRunner(definition.Training, options);
        using var files = new ReportFiles(options);
        using var interruption = new Interruption();
        StudyData data = definition.Load();

        IStudyProgress progress = Terminal.Progress(runner, options);
        StudyOutcome? outcome = null;
        progress.Around(() => outcome = runner.Run(data, progress, interruption.Token));
        return Report(definition, options, outcome!, files, interruption);
    }

    private static void CheckFiles(StudyDefinition definition, StudyOptions options)
    {
        var roles = new FileRoles();
        foreach (string file in definition.Files)
            roles.Read("the data", file);
        roles.WriteInto("--checkpoint", options.CheckpointFolder);
        roles.Write("--json", options.JsonFile);
        roles.Write("--csv", options.CsvFile);
    }

    private static int Report(StudyDefinition definition, StudyOptions options, StudyOutcome outcome, ReportFiles files, Interruption interruption)
    {
        if (!options.Quiet)
            StudyReport.Write(Terminal.Output(), definition, options, outcome);
        foreach (DivergedRun run in outcome.Diverged)
            Terminal.WriteError(definition.Name, $"seed {run.Run.Seed}, {run.Run.Network}: {run.Divergence.Message}");

        if (!outcome.IsComplete)
            return interruption.ExitCode;
        files.Commit([.. outcome.Finished.Select(run => run.Record)]);
        return outcome.Diverged.Count == 0 ? ExitCode.Success : ExitCode.Diverged;
    }
}
