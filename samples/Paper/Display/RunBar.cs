using Fpe.Cli.Display;
using Fpe.Training;
using Samples.Paper.Results;
using Samples.Paper.Running;
using Spectre.Console;

namespace Samples.Paper.Display;

/// <summary>A progress bar for a terminal, updated after each epoch.</summary>
/// <param name="console">The terminal.</param>
/// <param name="runs">Number of runs.</param>
/// <param name="multiplyAdds">Multiply-adds of all runs.</param>
internal sealed class RunBar(IAnsiConsole console, int runs, double multiplyAdds) : IRunProgress
{
    private readonly TrainingBar bar = new(console, runs, multiplyAdds);

    /// <inheritdoc/>
    public void Around(Action work) => bar.Around(work);

    /// <inheritdoc/>
    public void EpochEnded(double multiplyAdds, EpochReport report) => bar.EpochEnded(multiplyAdds, report);

    /// <inheritdoc/>
    public void RunEnded(RunResult result) => bar.RunEnded();
}
