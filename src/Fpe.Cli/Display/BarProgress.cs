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
    private readonly TrainingBar bar = new(console, runs, (double)runs * epochs);

    public void Around(Action work) => bar.Around(work);

    public void TrainingResumed(Model model, IReadOnlyList<EpochReport> finished) => bar.Skip(finished.Count);

    public void EpochEnded(Model model, EpochReport report) => bar.EpochEnded(1, report);

    public void RunEnded(RunOutcome outcome)
    {
        if (outcome is DivergedRun diverged)
            bar.Skip(epochs - diverged.Divergence.Epoch + 1);
        bar.RunEnded();
    }
}
