using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Fpe.Cli.Results;

/// <summary>Work on several threads. If a part fails, no further ones are started, and one of the failures is thrown as it was.</summary>
internal static class Simultaneously
{
    /// <summary>Calls a function for every index from 0.</summary>
    /// <param name="count">The number of indices.</param>
    /// <param name="threads">The number of threads at most.</param>
    /// <param name="body">The function.</param>
    public static void For(int count, int threads, Action<int> body) =>
        Run(() => Parallel.For(0, count, Options(threads), body));

    /// <summary>Calls a function for all items, which are taken one by one, as threads become free.</summary>
    /// <typeparam name="T">The items.</typeparam>
    /// <param name="items">The items; enumerated by one thread at a time.</param>
    /// <param name="threads">The number of threads at most.</param>
    /// <param name="body">The function.</param>
    public static void ForEach<T>(IEnumerable<T> items, int threads, Action<T> body) =>
        Run(() => Parallel.ForEach(Partitioner.Create(items, EnumerablePartitionerOptions.NoBuffering), Options(threads), body));

    /// <summary>Calls two functions.</summary>
    public static void Both(Action first, Action second) => Run(() => Parallel.Invoke(first, second));

    private static ParallelOptions Options(int threads) => new() { MaxDegreeOfParallelism = threads };

    private static void Run(Action work)
    {
        try
        {
            work();
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
    }
}
