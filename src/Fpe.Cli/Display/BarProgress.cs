using Fpe.Cli.Running;
using Fpe.Training;
using Spectre.Console;

namespace Fpe.Cli.Display;

/// <summary>A progress bar for a terminal, which advances with every epoch.</summary>
/// <param name="console">The terminal.</param>
/// <param name="runs">The number of runs.</param>
/// <param name="epochs">The number of epochs per run.</param>
internal sealed class BarProgress(IAnsiConsole console, long runs, int epochs) : IStudyProgress
{
    private readonly Lock gate = new();
    private ProgressTask? bar;
    private int ended;

    public void Around(Action work) => console.Progress()
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
        .Start(context =>
        {
            bar = context.AddTask(Description, maxValue: (double)runs * epochs);
            work();
        });

    public void TrainingResumed(Model model, IReadOnlyList<EpochReport> finished) => bar!.Increment(finished.Count);

    public void EpochEnded(Model model, EpochReport report) => bar!.Increment(1);

    public void RunEnded(RunOutcome outcome)
    {
        if (outcome is DivergedRun diverged)
            bar!.Increment(epochs - diverged.Divergence.Epoch + 1);
        lock (gate)
        {
            ended++;
            bar!.Description = Description;
        }
    }

    private string Description => $"{ended} of {runs} runs";
}
