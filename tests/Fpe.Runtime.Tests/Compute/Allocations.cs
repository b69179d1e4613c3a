namespace Fpe.Runtime.Tests.Compute;

/// <summary>Measures what an action allocates on the garbage-collected heap.</summary>
internal static class Allocations
{
    private const int Attempts = 10;

    /// <summary>Runs an action up to ten times and returns the fewest bytes that one run allocated on this thread.</summary>
    /// <remarks>
    /// An action that allocates does so every time. Once or twice others do: type initialisers at the first call, the
    /// runtime while it compiles better code, and a collection that another test starts, which counts what is left of
    /// this thread's allocation block.
    /// </remarks>
    public static long Fewest(Action action)
    {
        long fewest = long.MaxValue;
        for (int attempt = 0; attempt < Attempts && fewest > 0; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            fewest = Math.Min(fewest, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return fewest;
    }
}
