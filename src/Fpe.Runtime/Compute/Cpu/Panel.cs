namespace Fpe.Compute.Cpu;

/// <summary>
/// Up to 16 samples of a batch, feature by feature: [features, 16] floats. A lane is a sample. Lanes beyond the batch hold
/// anything: kernels may compute them, but never let them into a sum.
/// </summary>
/// <param name="values">The first feature; at a cache line.</param>
/// <param name="samples">Lanes that belong to the batch.</param>
internal readonly unsafe struct Panel(float* values, int samples)
{
    /// <summary>Floats per feature: two vectors of 8, one cache line, so that features lie one behind the other in the cache.</summary>
    public const int Width = 16;

    /// <summary>Panels that hold the samples of a batch.</summary>
    public static int Count(int batch) => (int)(((long)batch + Width - 1) / Width);

    public float* Values => values;

    public int Samples => samples;

    /// <summary>Lanes to compute: the samples, rounded up to whole vectors.</summary>
    public int Lanes => (samples + 7) & ~7;

    /// <summary>The lanes of a feature.</summary>
    public float* Row(int feature) => values + feature * (nint)Width;
}
