namespace Fpe.Compute.Cpu;

/// <summary>
/// Up to 16 samples of a batch, feature by feature: [features, 16] floats. A lane is a sample. Lanes beyond the batch have undefined
/// values: kernels may compute with them, but must not include them in a sum.
/// </summary>
/// <param name="values">The first feature, aligned to a cache line.</param>
/// <param name="samples">Number of lanes that belong to the batch.</param>
internal readonly unsafe struct Panel(float* values, int samples)
{
    /// <summary>Floats per feature: two vectors of 8, which are one cache line.</summary>
    public const int Width = 16;

    /// <summary>Returns the number of panels that hold the samples of a batch.</summary>
    public static int Count(int batch) => (int)(((long)batch + Width - 1) / Width);

    public float* Values => values;

    public int Samples => samples;

    /// <summary>Number of lanes to compute: the samples, rounded up to whole vectors.</summary>
    public int Lanes => (samples + 7) & ~7;

    /// <summary>Returns the lanes of a feature.</summary>
    public float* Row(int feature) => values + feature * (nint)Width;
}
