namespace Fpe.Compute.Cpu;

/// <summary>
/// A few persistent threads that help whoever calls <see cref="TryRun"/>. Work comes in chunks that threads claim one by one, so
/// that a thread whose core is busy elsewhere holds up nobody: the caller computes what no helper has claimed, and waits only
/// for chunks that one has begun. One caller is served at a time; the others are told to work alone.
/// </summary>
/// <remarks>
/// What a chunk is must not depend on the number of threads, and chunks must write to different places; then results do not
/// depend on who computed what. Nothing is allocated by a call.
/// </remarks>
internal sealed unsafe class WorkerPool : IDisposable
{
    private readonly Work work;
    private int isBusy;

    /// <summary>Starts the helpers.</summary>
    /// <param name="helpers">Threads besides the caller's; at least 1.</param>
    public WorkerPool(int helpers)
    {
        work = new Work();
        for (int h = 0; h < helpers; h++)
        {
            // they hold the work only, so that a forgotten pool is collected and its finalizer ends them
            new Thread(work.Help) { IsBackground = true, Name = $"Fpe worker {h + 1}" }.Start();
        }
    }

    ~WorkerPool() => work.Stop();

    /// <summary>Calls body(arguments, 0) … body(arguments, chunks − 1), on several threads, and returns when all have returned.</summary>
    /// <returns>False, having done nothing, where the pool is serving somebody else.</returns>
    public bool TryRun(int chunks, delegate*<void*, int, void> body, void* arguments)
    {
        if (Interlocked.CompareExchange(ref isBusy, 1, 0) != 0)
            return false;
        work.Run(chunks, body, arguments);
        Volatile.Write(ref isBusy, 0);
        return true;
    }

    /// <summary>Ends the helpers once they have nothing to do.</summary>
    public void Dispose()
    {
        work.Stop();
        GC.SuppressFinalize(this);
    }

    private sealed class Work
    {
        /// <summary>Looks at the state before a helper goes to sleep: some 20 µs, the gap between two kernels.</summary>
        private const int Looks = 400;

        /// <summary>What <see cref="state"/> holds for the next chunk when there is no work.</summary>
        private const long Closed = int.MaxValue;

        private readonly object bed = new();
        private delegate*<void*, int, void> body;
        private void* arguments;
        private int chunkCount;

        /// <summary>
        /// Number of the call · 2³² + next chunk. A helper claims a chunk by counting it up, which fails if the call is over; what
        /// it read about the call before was then not of this one.
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
                // counted first: a call that begins now either sees the sleeper or is seen
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
