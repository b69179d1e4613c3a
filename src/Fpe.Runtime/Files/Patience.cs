using System.Diagnostics;

namespace Fpe.Files;

/// <summary>Repeats what fails only because another program is not done, or not there yet.</summary>
internal static class Patience
{
    /// <summary>How long the other program is waited for, in seconds.</summary>
    public const int Limit = 3;

    private const int LongestPause = 100;

    /// <summary>Does something, again and again for up to <see cref="Limit"/> while it fails in a way that passes.</summary>
    /// <param name="operation">What to do.</param>
    /// <param name="passes">Whether the failure may be gone in a moment.</param>
    /// <param name="problem">What is wrong if it is not, and the fix.</param>
    /// <exception cref="IOException">It still fails; other failures come as they are.</exception>
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
