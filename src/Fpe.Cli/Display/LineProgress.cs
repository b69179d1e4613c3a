using System.Globalization;
using Fpe.Cli.Running;

namespace Fpe.Cli.Display;

/// <summary>Writes one line of plain text per finished run, for logs and pipes.</summary>
/// <param name="output">The destination of the lines.</param>
/// <param name="runs">The number of runs.</param>
internal sealed class LineProgress(TextWriter output, long runs) : IStudyProgress
{
    private readonly Lock gate = new();
    private int ended;

    public void Around(Action work) => work();

    public void RunEnded(RunOutcome outcome)
    {
        string text = outcome is FinishedRun { Record: var record }
            ? string.Create(CultureInfo.InvariantCulture, $"{100 * record.TestAccuracy:0.0} % in {record.Seconds:0.0} s")
            : "diverged";
        lock (gate)
            output.WriteLine($"run {++ended} of {runs}: seed {outcome.Run.Seed}, {outcome.Run.Network}: {text}");
    }
}
