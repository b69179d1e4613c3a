using System.Diagnostics;

namespace Fpe.Benchmarks.Timing;

/// <summary>Work on several threads of this process, timed by the clock on the wall: it needs a machine that does nothing else.</summary>
/// <param name="work">One call.</param>
internal sealed class WallClockWork(Action work) : IContestant
{
    /// <inheritdoc/>
    public double Run(int calls)
    {
        long start = Stopwatch.GetTimestamp();
        for (int call = 0; call < calls; call++)
            work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
