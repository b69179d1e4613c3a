using Fpe.Cli.Running;
using Spectre.Console;

namespace Fpe.Cli.Display;

/// <summary>The output at the end of a study: the model, the results and the conclusion.</summary>
internal static class StudyReport
{
    /// <summary>Writes the output.</summary>
    /// <param name="console">Receives the output.</param>
    /// <param name="study">The name of the study.</param>
    /// <param name="topic">What was compared.</param>
    /// <param name="outcome">The runs.</param>
    public static void Write(IAnsiConsole console, string study, StudyTopic topic, StudyOutcome outcome)
    {
        if (outcome.Finished.FirstOrDefault(run => run.Run.IsExpanded) is { Summary: { } summary } example)
        {
            console.WriteLine($"{topic.Model.Plan.Name}, {topic.Model.ExpansionLabel} (as in seed {example.Run.Seed})");
            console.WriteLine();
            SummaryTable.Create(summary, console.Profile.Width).Write(console);
            foreach (string note in summary.Notes())
                console.WriteLine(note);
            console.WriteLine();
        }

        console.WriteLine($"{study}: {Heading(topic)}{(outcome.IsComplete ? "" : "; INCOMPLETE")}");
        console.WriteLine();
        ResultsTable.Create(outcome, console.Profile.Width).Write(console);
        console.WriteLine();
        if (outcome.Diverged.Count > 0)
            console.WriteLine($"{outcome.Diverged.Count} of {outcome.Planned} runs diverged and are not included.");
        console.WriteLine(Conclusion.Of(outcome));
    }

    /// <summary>Reports runs that diverged, one line each on the error stream.</summary>
    public static void WriteDivergences(string study, StudyOutcome outcome)
    {
        foreach (DivergedRun run in outcome.Diverged)
            Terminal.WriteError(study, $"seed {run.Run.Seed}, {run.Run.Network}: {run.Divergence.Message}");
    }

    private static string Heading(StudyTopic topic)
    {
        string seeds = topic.Seeds == 1 ? "1 seed" : $"{topic.Seeds} seeds";
        string epochs = topic.Epochs == 1 ? "1 epoch" : $"{topic.Epochs} epochs";
        string split = topic.ExpandAfter == 0 ? "expanded at initialisation" : $"expanded after {topic.ExpandAfter}";
        return $"{seeds}, {epochs}, {split}";
    }
}
