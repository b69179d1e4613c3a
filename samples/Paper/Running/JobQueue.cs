using System.Runtime.ExceptionServices;

namespace Samples.Paper.Running;

/// <summary>Executes jobs on several threads, the longest first, until none remain.</summary>
internal sealed class JobQueue
{
    // A monitor and not a Lock: threads without work wait on it.
    private readonly object gate = new();
    private readonly PriorityQueue<Job, (double NegativeLength, int Number)> waiting = new();
    private readonly CancellationTokenSource stop;
    private int running;
    private int enqueued;
    private ExceptionDispatchInfo? failure;

    private JobQueue(CancellationTokenSource stop) => this.stop = stop;

    /// <summary>Executes all jobs, including jobs that they enqueue.</summary>
    /// <param name="jobs">The first jobs.</param>
    /// <param name="threads">Number of concurrent jobs.</param>
    /// <param name="cancellation">Cancels the work; waiting jobs are dropped.</param>
    /// <exception cref="FpeException">The exception of the first job that failed; the others were cancelled.</exception>
    public static void Run(IEnumerable<Job> jobs, int threads, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var queue = new JobQueue(stop);
        foreach (Job job in jobs)
            queue.Enqueue(job);

        Thread[] workers = [.. Enumerable.Range(0, threads).Select(_ => new Thread(queue.Work) { IsBackground = true })];
        foreach (Thread worker in workers)
            worker.Start();
        foreach (Thread worker in workers)
            worker.Join();
        queue.failure?.Throw();
    }

    private void Enqueue(Job job)
    {
        lock (gate)
        {
            waiting.Enqueue(job, (-job.Length, enqueued++));
            Monitor.Pulse(gate);
        }
    }

    private void Work()
    {
        while (Next() is { } job)
        {
            try
            {
                job.Execute(Enqueue, stop.Token);
            }
            catch (Exception error)
            {
                Fail(error);
            }

            End();
        }
    }

    // Waits while other threads may still enqueue work.
    private Job? Next()
    {
        lock (gate)
        {
            while (waiting.Count == 0 && running > 0)
                Monitor.Wait(gate);
            if (stop.IsCancellationRequested || !waiting.TryDequeue(out Job? job, out _))
                return null;
            running++;
            return job;
        }
    }

    private void Fail(Exception error)
    {
        lock (gate)
            failure ??= ExceptionDispatchInfo.Capture(error);
        stop.Cancel();
    }

    private void End()
    {
        lock (gate)
        {
            running--;
            Monitor.PulseAll(gate);
        }
    }
}
