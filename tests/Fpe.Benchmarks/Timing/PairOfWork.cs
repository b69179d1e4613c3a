using System.Diagnostics;

namespace Fpe.Benchmarks.Timing;

/// <summary>
/// Two pieces of work that have nothing to do with each other, at the same time on a thread each. A call is half of the time in which both
/// made one, so that two cores that do not disturb each other halve the time of a call.
/// </summary>
internal sealed class PairOfWork : IContestant, IDisposable
{
    private readonly Action first;
    private readonly Action second;
    private readonly Barrier barrier = new(participantCount: 2);
    private readonly Thread helper;
    private int calls;

    /// <summary>Starts the second thread.</summary>
    public PairOfWork(Action first, Action second)
    {
        this.first = first;
        this.second = second;
        helper = new Thread(Help) { IsBackground = true };
        helper.Start();
    }

    /// <inheritdoc/>
    public double Run(int calls)
    {
        this.calls = calls;
        barrier.SignalAndWait();
        long start = Stopwatch.GetTimestamp();
        for (int call = 0; call < calls; call++)
            first();
        barrier.SignalAndWait();
        return Stopwatch.GetElapsedTime(start).TotalSeconds / 2;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        calls = 0;
        barrier.SignalAndWait();
        helper.Join();
        barrier.Dispose();
    }

    private void Help()
    {
        while (true)
        {
            barrier.SignalAndWait();
            if (calls == 0)
                return;
            for (int call = 0; call < calls; call++)
                second();
            barrier.SignalAndWait();
        }
    }
}
