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
    private readonly Lock gate = new();
    private readonly RemainingTime remaining = new(multiplyAdds);
    private ProgressTask? bar;
    private int ended;

    /// <inheritdoc/>
    public void Around(Action work) => console.Progress()
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
        .Start(context =>
        {
            bar = context.AddTask(Description, maxValue: multiplyAdds);
            work();
        });

    /// <inheritdoc/>
    public void Advance(double multiplyAdds)
    {
        bar!.Increment(multiplyAdds);
        lock (gate)
        {
            remaining.Advance(multiplyAdds);
            bar.Description = Description;
        }
    }

    /// <inheritdoc/>
    public void RunEnded(RunResult result)
    {
        lock (gate)
        {
            ended++;
            bar!.Description = Description;
        }
    }

    private string Description => remaining.Text is { Length: > 0 } left ? $"{ended} of {runs} runs, {left}" : $"{ended} of {runs} runs";
}
