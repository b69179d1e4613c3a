namespace Fpe.Benchmarks.Timing;

/// <summary>
/// Work on one thread of this process. Its time is processor time, so that programs that share the machine do not count; on a
/// quiet machine that is the time of the clock on the wall.
/// </summary>
/// <param name="work">One call.</param>
internal sealed class LocalWork(Action work) : IContestant
{
    /// <inheritdoc/>
    public double Run(int calls)
    {
        TimeSpan start = Environment.CpuUsage.TotalTime;
        for (int call = 0; call < calls; call++)
            work();
        return (Environment.CpuUsage.TotalTime - start).TotalSeconds;
    }
}
