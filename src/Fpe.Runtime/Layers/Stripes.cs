using System.Numerics;

namespace Fpe;

/// <summary>
/// Divides what many threads count and reuse among the processors, because processors that write to one cache line wait for each other: far longer
/// than a small network takes for a sample.
/// </summary>
internal static class Stripes
{
    /// <summary>Bytes from one stripe to the next: two cache lines, which processors fetch in pairs.</summary>
    public const int Bytes = 128;

    private const uint Most = 64;

    /// <summary>The number of stripes, a power of two.</summary>
    public static int Count { get; } = (int)BitOperations.RoundUpToPowerOf2(Math.Min(Most, (uint)Environment.ProcessorCount));

    /// <summary>The stripe of the processor that the thread is running on, if there are so many; the thread may leave it any time.</summary>
    public static int IndexOf(int stripes) => Thread.GetCurrentProcessorId() & (stripes - 1);
}
