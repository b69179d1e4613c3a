using ILGPU;

namespace Fpe.Gpu.Compute;

/// <summary>
/// What a thread computes where layers are computed edge by edge: the sums of 4 samples, 32 apart, so that each edge and its weight are read
/// once for all of them. A group of 128 threads has 4 rows × 128 samples.
/// </summary>
internal struct RowLanes
{
    public const int Lanes = 32, Rows = 4, Samples = 4 * Lanes, Threads = Rows * Lanes;

    private readonly int sample0, sample1, sample2, sample3;

    /// <summary>Starts at a sample inside the batch; samples beyond it stand for the last one.</summary>
    public RowLanes(int sample, int batch)
    {
        sample0 = sample;
        sample1 = Math.Min(sample + Lanes, batch - 1);
        sample2 = Math.Min(sample + (2 * Lanes), batch - 1);
        sample3 = Math.Min(sample + (3 * Lanes), batch - 1);
        Sum0 = Sum1 = Sum2 = Sum3 = 0;
    }

    public static int Row => Group.IdxX / Lanes;

    public static int Lane => Group.IdxX % Lanes;

    public float Sum0, Sum1, Sum2, Sum3;

    /// <summary>Adds weight · the values of a feature, which start at an index.</summary>
    public readonly RowLanes Add(float weight, ArrayView<float> values, int start)
    {
        RowLanes sums = this;
        sums.Sum0 += weight * values[start + sample0];
        sums.Sum1 += weight * values[start + sample1];
        sums.Sum2 += weight * values[start + sample2];
        sums.Sum3 += weight * values[start + sample3];
        return sums;
    }
}
