using System.Globalization;
using Fpe.Training;
using Spectre.Console;

namespace Fpe.Cli.Display;

/// <summary>
/// A progress bar for a terminal, for runs that several threads train: how many have ended, loss and accuracy of the last epoch of any of
/// them, and the remaining time.
/// </summary>
/// <param name="console">The terminal.</param>
/// <param name="runs">The number of runs.</param>
/// <param name="work">The work of all runs, in any unit.</param>
internal sealed class TrainingBar(IAnsiConsole console, long runs, double work)
{
    private readonly Lock gate = new();
    private readonly RemainingTime remaining = new(work);
    private ProgressTask? bar;
    private EpochReport? last;
    private long ended;

    /// <summary>Shows the bar while an action runs.</summary>
    public void Around(Action action) => console.Progress()
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
        .Start(context =>
        {
            bar = context.AddTask(Describe(ended, runs, last, ""), maxValue: work);
            action();
        });

    /// <summary>Called after an epoch.</summary>
    /// <param name="work">The work of the epoch.</param>
    /// <param name="report">Its results.</param>
    public void EpochEnded(double work, EpochReport report)
    {
        lock (gate)
        {
            last = report;
            remaining.Advance(work);
            Update(work);
        }
    }

    /// <summary>Called when work need not be done, because it was done before or a run diverged.</summary>
    public void Skip(double work)
    {
        lock (gate)
        {
            remaining.Skip(work);
            Update(work);
        }
    }

    /// <summary>Called when a run has ended.</summary>
    public void RunEnded()
    {
        lock (gate)
        {
            ended++;
            Update(0);
        }
    }

    /// <summary>Returns the text beside the bar: <c>3/20 runs  loss 0.123  accuracy 91 %  ~3 min left</c>.</summary>
    /// <param name="ended">The number of runs that have ended.</param>
    /// <param name="runs">The number of runs.</param>
    /// <param name="last">The last epoch; null before the first.</param>
    /// <param name="left">The remaining time; empty while it is not known.</param>
    public static string Describe(long ended, long runs, EpochReport? last, string left)
    {
        string[] parts =
        [
            string.Create(CultureInfo.InvariantCulture, $"{ended}/{runs} runs"),
            last is null ? "" : string.Create(CultureInfo.InvariantCulture, $"loss {last.TrainLoss:0.000}"),
            last?.TrainAccuracy is { } accuracy ? string.Create(CultureInfo.InvariantCulture, $"accuracy {100 * accuracy:0} %") : "",
            left,
        ];
        return string.Join("  ", parts.Where(part => part.Length > 0));
    }

    private void Update(double advance)
    {
        bar!.Increment(advance);
        bar.Description = Describe(ended, runs, last, remaining.Text);
    }
}
