namespace Fpe.Compute.Cpu;

/// <summary>
/// A few persistent threads that help the caller of <see cref="TryRun"/>. Threads claim chunks of work one by one, so a thread whose core
/// is busy does not delay the others: the caller computes all chunks that no helper has claimed, and waits only for chunks that a helper
/// has begun. The pool serves one caller at a time; others compute alone.
/// </summary>
/// <remarks>
/// Chunks must not depend on the number of threads, and must write to different memory; then results do not depend on which thread computes
/// which chunk. A call allocates nothing.
/// </remarks>
internal sealed unsafe class WorkerPool : IDisposable
{
    private readonly Work work;
    private int isBusy;

    /// <summary>Starts the helpers.</summary>
    /// <param name="helpers">Number of threads in addition to the caller's; at least 1.</param>
    public WorkerPool(int helpers)
    {
        work = new Work();
        for (int h = 0; h < helpers; h++)
        {
            // helpers reference only the work, so an unreachable pool is collected and its finalizer ends them
            new Thread(work.Help) { IsBackground = true, Name = $"Fpe worker {h + 1}" }.Start();
        }
    }

    ~WorkerPool() => work.Stop();

    /// <summary>
    /// Calls body(arguments, 0) … body(arguments, chunks − 1), on several threads, and returns after all calls have returned.
    /// </summary>
    /// <returns>False, without any effect, if the pool is serving another caller.</returns>
    public bool TryRun(int chunks, delegate*<void*, int, void> body, void* arguments)
    {
        if (Interlocked.CompareExchange(ref isBusy, 1, 0) != 0)
            return false;
        work.Run(chunks, body, arguments);
        Volatile.Write(ref isBusy, 0);
        return true;
    }

    /// <summary>Ends the helpers once they are idle.</summary>
    public void Dispose()
    {
        work.Stop();
        GC.SuppressFinalize(this);
    }

    private sealed class Work
    {
        /// <summary>Number of polls of the state before a helper sleeps: about 20 µs, the gap between two kernels.</summary>
        private const int Looks = 400;

        /// <summary>Value of the next chunk in <see cref="state"/> if there is no work.</summary>
        private const long Closed = int.MaxValue;

        private readonly object bed = new();
        private delegate*<void*, int, void> body;
        private void* arguments;
        private int chunkCount;

        /// <summary>
        /// Number of the call · 2³² + next chunk. A helper claims a chunk by incrementing it, which fails if the call is over; values that
        /// it has read before then belong to an earlier call.
        /// </summary>
        private long state = Closed;
        private int done;
        private int sleepers;
        private volatile bool stopped;

        public void Run(int chunks, delegate*<void*, int, void> newBody, void* newArguments)
        {
            body = newBody;
            arguments = newArguments;
            Volatile.Write(ref chunkCount, chunks);
            Volatile.Write(ref done, 0);
            long call = (state >> 32) + 1;
            Interlocked.Exchange(ref state, call << 32);
            if (Volatile.Read(ref sleepers) > 0)
                WakeAll();

            while (HelpOnce())
            {
            }

            var wait = default(SpinWait);
            while (Volatile.Read(ref done) < chunks)
                wait.SpinOnce(sleep1Threshold: -1);
            Interlocked.Exchange(ref state, (call << 32) | Closed);
        }

        public void Help()
        {
            while (!stopped)
            {
                int look = 0;
                while (look < Looks && !HelpOnce())
                {
                    look++;
                    Thread.SpinWait(8);
                }

                if (look == Looks)
                    Sleep();
            }
        }

        public void Stop()
        {
            stopped = true;
            WakeAll();
        }

        /// <summary>Computes a chunk, if there is one.</summary>
        private bool HelpOnce()
        {
            long seen = Volatile.Read(ref state);
            int chunk = (int)(seen & uint.MaxValue);
            if (chunk >= Volatile.Read(ref chunkCount))
                return false;
            delegate*<void*, int, void> itsBody = body;
            void* itsArguments = arguments;
            if (Interlocked.CompareExchange(ref state, seen + 1, seen) != seen)
                return true;
            itsBody(itsArguments, chunk);
            Interlocked.Increment(ref done);
            return true;
        }

        private bool HasWork() => (int)(Volatile.Read(ref state) & uint.MaxValue) < Volatile.Read(ref chunkCount);

        private void Sleep()
        {
            lock (bed)
            {
                // incremented first, so that a call that begins now either sees the sleeping helper or is seen by it
                Interlocked.Increment(ref sleepers);
                while (!stopped && !HasWork())
                    Monitor.Wait(bed);
                Interlocked.Decrement(ref sleepers);
            }
        }

        private void WakeAll()
        {
            lock (bed)
                Monitor.PulseAll(bed);
        }
    }
}
