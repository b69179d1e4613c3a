using System.Diagnostics;

namespace Fpe.Files;

/// <summary>Retries operations that fail only because another program has not finished or not started yet.</summary>
internal static class Patience
{
    /// <summary>The time limit for waiting, in seconds.</summary>
    public const int Limit = 3;

    private const int LongestPause = 100;

    /// <summary>Runs an operation and retries it for up to <see cref="Limit"/> seconds while it fails with a transient error.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="passes">Returns whether an error is transient.</param>
    /// <param name="problem">The message if the error persists, including the fix.</param>
    /// <exception cref="IOException">The operation still fails; other exceptions are passed through.</exception>
    public static T Retry<T>(Func<T> operation, Func<Exception, bool> passes, string problem)
    {
        long start = Stopwatch.GetTimestamp();
        for (int pause = 1; ; pause = Math.Min(2 * pause, LongestPause))
        {
            try
            {
                return operation();
            }
            catch (Exception error) when (passes(error))
            {
                if (Stopwatch.GetElapsedTime(start).TotalSeconds >= Limit)
                    throw new IOException(problem, error);
                Thread.Sleep(pause);
            }
        }
    }
}
