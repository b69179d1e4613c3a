using ILGPU;

namespace Fpe.Gpu.Compute;

/// <summary>
/// What a thread computes if a layer is computed edge by edge. A group of 256 threads has one row and 128 samples: a thread takes every
/// 8th edge, so that even an output layer, which has few rows with many edges, keeps a device busy, and 4 samples, 32 apart, so that an
/// edge and its weight are read once for all of them.
/// </summary>
internal struct RowLanes
{
    public const int Samples = 4 * Lanes, Parts = 8, Threads = Parts * Lanes;

    private const int Lanes = 32;

    private readonly int sample0, sample1, sample2, sample3;

    private float sum0, sum1, sum2, sum3;

    /// <summary>Starts at the group's first sample; samples beyond the batch stand for the last one.</summary>
    public RowLanes(int firstSample, int batch)
    {
        int sample = firstSample + (Group.IdxX % Lanes);
        sample0 = Math.Min(sample, batch - 1);
        sample1 = Math.Min(sample + Lanes, batch - 1);
        sample2 = Math.Min(sample + (2 * Lanes), batch - 1);
        sample3 = Math.Min(sample + (3 * Lanes), batch - 1);
        sum0 = sum1 = sum2 = sum3 = 0;
    }

    /// <summary>The thread's first edge; the others are <see cref="Parts"/> apart.</summary>
    public static int FirstEdge => Group.IdxX / Lanes;

    /// <summary>Adds weight · the values of a feature, which start at an index.</summary>
    public readonly RowLanes Add(float weight, ArrayView<float> values, int start)
    {
        RowLanes sums = this;
        sums.sum0 += weight * values[start + sample0];
        sums.sum1 += weight * values[start + sample1];
        sums.sum2 += weight * values[start + sample2];
        sums.sum3 += weight * values[start + sample3];
        return sums;
    }

    /// <summary>Returns to thread s of the group, up to <see cref="Samples"/>, the sum of sample s over all edges.</summary>
    public readonly float Total()
    {
        ArrayView<float> shared = SharedMemory.Allocate<float>(Parts * Samples);
        int first = (FirstEdge * Samples) + (Group.IdxX % Lanes);
        shared[first] = sum0;
        shared[first + Lanes] = sum1;
        shared[first + (2 * Lanes)] = sum2;
        shared[first + (3 * Lanes)] = sum3;
        Group.Barrier();
        float total = 0;
        for (int part = 0; part < Parts; part++)
            total += shared[(part * Samples) + (Group.IdxX % Samples)];
        return total;
    }
}
