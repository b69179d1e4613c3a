using System.Diagnostics;

namespace Fpe.Benchmarks.Timing;

/// <summary>Work in this process.</summary>
/// <param name="work">One call.</param>
internal sealed class LocalWork(Action work) : IContestant
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
