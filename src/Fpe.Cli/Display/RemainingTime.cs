using System.Diagnostics;
using System.Globalization;

namespace Fpe.Cli.Display;

/// <summary>Estimates the remaining time from the finished work. Called by several threads, one at a time.</summary>
/// <param name="total">Total work, in any unit.</param>
internal sealed class RemainingTime(double total)
{
    // An earlier estimate would fluctuate too much.
    private static readonly TimeSpan FirstGuess = TimeSpan.FromSeconds(2);

    private readonly long start = Stopwatch.GetTimestamp();
    private double total = total;
    private double done;

    /// <summary>Records finished work.</summary>
    public void Advance(double work) => done += work;

    /// <summary>Records work that need not be done.</summary>
    public void Skip(double work) => total -= work;

    /// <summary>The remaining time; empty while it cannot be estimated.</summary>
    public string Text => Describe(Stopwatch.GetElapsedTime(start), done / total);

    /// <summary>Describes the remaining time.</summary>
    /// <param name="elapsed">Time since the start.</param>
    /// <param name="share">Fraction of the work that is finished.</param>
    public static string Describe(TimeSpan elapsed, double share)
    {
        if (elapsed < FirstGuess || !(share > 0))
            return "";
        TimeSpan left = elapsed * Math.Max(0, (1 / share) - 1);
        return left switch
        {
            { TotalHours: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"~{left.TotalHours:0.0} h left"),
            { TotalMinutes: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"~{left.TotalMinutes:0} min left"),
            _ => "< 1 min left",
        };
    }
}
