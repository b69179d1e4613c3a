using Fpe.Cli.Display;
using Fpe.Cli.Reports;
using Fpe.Cli.Results;
using Fpe.Cli.Running;
using Fpe.Files;

namespace Fpe.Cli.Commands;

/// <summary>Merges the results of all workers of a study into one file, and reports them.</summary>
internal static class StudyMerge
{
    /// <summary>Merges results.</summary>
    /// <param name="study">The study.</param>
    /// <param name="options">The options of the command line.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    /// <exception cref="FpeException">Results are missing or damaged, or a file cannot be written; then none is.</exception>
    public static int Run(StudyDefinition study, MergeOptions options)
    {
        CheckFiles(options);
        using AtomicFile? merged = options.Into is null ? null : new AtomicFile(options.Into);
        using var files = new ReportFiles(options.JsonFile, options.CsvFile);
        ResultSet<StudyResult> results = Completeness.Read(options.Results, StudyResultFormat.Instance, line => Terminal.WriteError(study.Name, line));
        (StudyTopic Topic, StudyOutcome Outcome)[] studies = [.. results.Results.GroupBy(TopicOf).Select(runs => Outcome(study, runs))];
        foreach ((StudyTopic topic, StudyOutcome outcome) in studies)
        {
            StudyReport.Write(Terminal.Output(), study.Name, topic, outcome);
            StudyReport.WriteDivergences(study.Name, outcome);
        }

        merged?.Commit(results.Write);
        files.Commit([.. studies.SelectMany(part => part.Outcome.Finished).Select(run => run.Record)]);
        return studies.All(part => part.Outcome.Diverged.Count == 0) ? ExitCode.Success : ExitCode.Diverged;
    }

    private static void CheckFiles(MergeOptions options)
    {
        var roles = new FileRoles();
        ResultsOption.AddSources(roles, options.Results);
        roles.Write("--into", options.Into);
        roles.Write("--json", options.JsonFile);
        roles.Write("--csv", options.CsvFile);
    }

    private static StudyConfiguration TopicOf(StudyResult result) => result.Configuration with { IsExpanded = true, Seed = 0 };

    private static (StudyTopic Topic, StudyOutcome Outcome) Outcome(StudyDefinition study, IGrouping<StudyConfiguration, StudyResult> runs)
    {
        StudyModel model = study.Models.FirstOrDefault(model => model.Plan.Name == runs.Key.Model)
            ?? throw new StudyException($"there are results of {runs.Key.Model}, which is no model of {study.Name}; merge them with the program that wrote them.");
        RunOutcome[] outcomes =
        [
            .. from result in runs
               orderby result.Configuration.Seed, result.Configuration.IsExpanded
               let expandAfter = result.Configuration.IsExpanded ? runs.Key.ExpandAfter : (int?)null
               let training = study.Training with { Epochs = runs.Key.Epochs, ExpandAfter = expandAfter }
               select result.OutcomeOf(new StudyRun(model, result.Configuration.Seed, training)),
        ];
        int seeds = runs.Select(result => result.Configuration.Seed).Distinct().Count();
        return (
            new StudyTopic(model, seeds, runs.Key.Epochs, runs.Key.ExpandAfter),
            new StudyOutcome(outcomes.Length, [.. outcomes.OfType<FinishedRun>()], [.. outcomes.OfType<DivergedRun>()]));
    }
}
