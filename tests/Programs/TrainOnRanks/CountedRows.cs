using System.Diagnostics;
using Fpe.Data;

namespace TrainOnRanks;

/// <summary>Samples that are read in every step, as from a file larger than memory; how many were read is counted.</summary>
/// <param name="features">The samples row by row.</param>
/// <param name="featureCount">Values of a sample.</param>
internal sealed class CountedRows(float[] features, int featureCount) : IRowSource
{
    private int reads;

    /// <inheritdoc/>
    public int Count => features.Length / featureCount;

    /// <inheritdoc/>
    public int FeatureCount => featureCount;

    /// <summary>The number of samples read since the last reset.</summary>
    public int Reads => reads;

    /// <summary>The sample, in the order of reading, at which the process kills itself.</summary>
    public int KillsAt { get; set; } = -1;

    /// <summary>The sample, in the order of reading, at which a line is written.</summary>
    public int PausesAt { get; set; } = -1;

    /// <summary>Waits after the line.</summary>
    public Action Pause { get; set; } = () => { };

    /// <inheritdoc/>
    public void Read(int row, Span<float> values)
    {
        features.AsSpan(row * featureCount, featureCount).CopyTo(values);
        int read = Interlocked.Increment(ref reads);
        if (read == PausesAt)
        {
            Console.WriteLine("pauses");
            Pause();
        }

        if (read == KillsAt)
            Process.GetCurrentProcess().Kill();
    }
}
