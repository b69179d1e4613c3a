using System.Globalization;
using Fpe.Cli.Display;
using Fpe.Training;
using Samples.Paper.Results;
using Samples.Paper.Running;

namespace Samples.Paper.Display;

/// <summary>Writes one line of plain text per finished run, for logs and pipes.</summary>
/// <param name="output">The writer for the lines.</param>
/// <param name="runs">Number of runs.</param>
/// <param name="multiplyAdds">Multiply-adds of all runs.</param>
internal sealed class RunLines(TextWriter output, int runs, double multiplyAdds) : IRunProgress
{
    private readonly Lock gate = new();
    private readonly RemainingTime remaining = new(multiplyAdds);
    private int ended;

    /// <inheritdoc/>
    public void Around(Action work) => work();

    /// <inheritdoc/>
    public void EpochEnded(double multiplyAdds, EpochReport report)
    {
        lock (gate)
            remaining.Advance(multiplyAdds);
    }

    /// <inheritdoc/>
    public void RunEnded(RunResult result)
    {
        string outcome = result.Measurement is { } measurement
            ? string.Create(CultureInfo.InvariantCulture, $"{100 * measurement.TestAccuracy:0.00} % in {result.Seconds:0.0} s")
            : "diverged";
        lock (gate)
        {
            string left = ++ended < runs && remaining.Text is { Length: > 0 } text ? $"; {text}" : "";
            output.WriteLine($"run {ended} of {runs}: {result.Configuration.Key}: {outcome}{left}");
        }
    }
}
