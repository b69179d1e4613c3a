namespace Samples.DigitsService;

/// <summary>Counts the bytes that predictions allocate, of all requests.</summary>
internal sealed class Allocations
{
    private long requests;
    private long bytes;

    /// <summary>Runs a prediction and counts what it allocates on this thread.</summary>
    public void Measure(Action predict)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        predict();
        Interlocked.Add(ref bytes, GC.GetAllocatedBytesForCurrentThread() - before);
        Interlocked.Increment(ref requests);
    }

    /// <summary>Returns the numbers so far.</summary>
    public AllocationCount Read() => new(Interlocked.Read(ref requests), Interlocked.Read(ref bytes));
}
