namespace Fpe.Compute.Cpu;

/// <summary>
/// Some samples of a batch, feature by feature: [features, width] floats. A lane is a sample. Lanes beyond the batch hold
/// anything: kernels may compute them, but never let them into a sum.
/// </summary>
/// <param name="values">The first feature; at a cache line.</param>
/// <param name="width">Floats per feature: a multiple of <see cref="LaneStep"/>.</param>
/// <param name="samples">Lanes that belong to the batch.</param>
internal readonly unsafe struct Panel(float* values, int width, int samples)
{
    /// <summary>Lanes that kernels process together: two vectors of 8 floats, one cache line.</summary>
    public const int LaneStep = 16;

    /// <summary>The largest width.</summary>
    public const int MaximumWidth = 64;

    public float* Values => values;

    public nint Width => width;

    public int Samples => samples;

    /// <summary>Lanes to compute: the samples, rounded up to whole steps.</summary>
    public int Lanes => (samples + LaneStep - 1) & ~(LaneStep - 1);

    /// <summary>The lanes of a feature.</summary>
    public float* Row(int feature) => values + feature * (nint)width;
}
