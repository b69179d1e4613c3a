using System.Diagnostics;

namespace Fpe.Benchmarks.Timing;

/// <summary>
/// Pieces of work at the same time, on a thread each. A call is the time in which each made one, divided by their number, so that two cores that
/// do not disturb each other halve the time of a call.
/// </summary>
internal sealed class WorkAtOnce : IContestant, IDisposable
{
    private readonly Action[] works;
    private readonly Barrier barrier;
    private readonly Thread[] helpers;
    private int calls;

    /// <summary>Starts the threads of all but the first.</summary>
    public WorkAtOnce(params Action[] works)
    {
        this.works = works;
        barrier = new Barrier(works.Length);
        helpers = [.. works[1..].Select(work => new Thread(() => Help(work)) { IsBackground = true })];
        foreach (Thread helper in helpers)
            helper.Start();
    }

    /// <inheritdoc/>
    public double Run(int calls)
    {
        this.calls = calls;
        barrier.SignalAndWait();
        long start = Stopwatch.GetTimestamp();
        for (int call = 0; call < calls; call++)
            works[0]();
        barrier.SignalAndWait();
        return Stopwatch.GetElapsedTime(start).TotalSeconds / works.Length;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        calls = 0;
        barrier.SignalAndWait();
        foreach (Thread helper in helpers)
            helper.Join();
        barrier.Dispose();
    }

    private void Help(Action work)
    {
        while (true)
        {
            barrier.SignalAndWait();
            if (calls == 0)
                return;
            for (int call = 0; call < calls; call++)
                work();
            barrier.SignalAndWait();
        }
    }
}
