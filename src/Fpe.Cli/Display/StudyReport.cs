using Fpe.Cli.Running;
using Spectre.Console;

namespace Fpe.Cli.Display;

/// <summary>The output at the end of a study: the model, the results and the conclusion.</summary>
internal static class StudyReport
{
    public static void Write(IAnsiConsole console, StudyDefinition study, StudyOptions options, StudyOutcome outcome)
    {
        if (outcome.Finished.FirstOrDefault(run => run.Run.IsExpanded) is { } example)
        {
            console.WriteLine($"{options.Model.Plan.Name}, {options.Model.ExpansionLabel} (as in seed {example.Run.Seed})");
            console.WriteLine();
            SummaryTable.Create(example.Summary, console.Profile.Width).Write(console);
            foreach (string note in example.Summary.Notes())
                console.WriteLine(note);
            console.WriteLine();
        }

        console.WriteLine($"{study.Name}: {Heading(options)}{(outcome.IsComplete ? "" : "; INCOMPLETE")}");
        console.WriteLine();
        ResultsTable.Create(outcome, console.Profile.Width).Write(console);
        console.WriteLine();
        if (outcome.Diverged.Count > 0)
            console.WriteLine($"{outcome.Diverged.Count} of {outcome.Planned} runs diverged and are not included.");
        console.WriteLine(Conclusion.Of(outcome));
    }

    private static string Heading(StudyOptions options)
    {
        string seeds = options.Seeds == 1 ? "1 seed" : $"{options.Seeds} seeds";
        string epochs = options.Epochs == 1 ? "1 epoch" : $"{options.Epochs} epochs";
        string split = options.ExpandAfter == 0 ? "expanded at initialisation" : $"expanded after {options.ExpandAfter}";
        return $"{seeds}, {epochs}, {split}";
    }
}
