using System.Diagnostics;
using System.Globalization;

namespace Samples.Paper.Display;

/// <summary>Guesses the time that is left from the work that is done.</summary>
/// <param name="total">All work.</param>
internal sealed class RemainingTime(double total)
{
    // Before this much time has passed, a guess would jump about.
    private static readonly TimeSpan FirstGuess = TimeSpan.FromSeconds(2);

    private readonly long start = Stopwatch.GetTimestamp();
    private double done;

    /// <summary>Takes note of work; from several threads, but one at a time.</summary>
    public void Advance(double work) => done += work;

    /// <summary>The time left; empty as long as it cannot be guessed.</summary>
    public string Text => Describe(Stopwatch.GetElapsedTime(start), done / total);

    /// <summary>The time left in words.</summary>
    /// <param name="elapsed">Time since the start.</param>
    /// <param name="share">Share of the work that is done.</param>
    public static string Describe(TimeSpan elapsed, double share)
    {
        if (elapsed < FirstGuess || !(share > 0))
            return "";
        TimeSpan left = elapsed * Math.Max(0, (1 / share) - 1);
        return left switch
        {
            { TotalHours: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"about {left.TotalHours:0.0} h left"),
            { TotalMinutes: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"about {left.TotalMinutes:0} min left"),
            _ => "less than a minute left",
        };
    }
}
