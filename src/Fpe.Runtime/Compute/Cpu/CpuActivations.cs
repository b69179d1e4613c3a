namespace Fpe.Compute.Cpu;

/// <summary>
/// Panels of 16 samples: [capacity / 16][features and padding][16] floats. One feature of one panel is a cache line, so that an edge
/// reads its input wherever it lies, without a gather copy.
/// </summary>
internal sealed unsafe class CpuActivations : Activations
{
    private readonly AlignedMemory memory;

    public CpuActivations(CpuDevice device, int features, int capacity)
        : base(device, features, capacity)
    {
        PanelStride = StrideOf(features);
        memory = new AlignedMemory(sizeof(float) * (long)Panel.Count(capacity) * PanelStride);
    }

    /// <summary>The first panel.</summary>
    public float* Values => memory.Floats;

    /// <summary>Floats from a panel to the next: a few more than its features need, which kernels may overwrite.</summary>
    public nint PanelStride { get; }

    /// <summary>A panel of a batch.</summary>
    public Panel PanelAt(int index, int batch) =>
        new(Values + index * PanelStride, Math.Min(Panel.Width, batch - index * Panel.Width));

    public override void Write(ReadOnlySpan<float> samples, int batch)
    {
        CheckLength(samples.Length, batch);
        for (int s = 0; s < batch; s++)
        {
            float* lane = Lane(s);
            foreach (float value in samples.Slice(s * Features, Features))
            {
                *lane = value;
                lane += Panel.Width;
            }
        }
    }

    public override void Read(Span<float> samples, int batch)
    {
        CheckLength(samples.Length, batch);
        for (int s = 0; s < batch; s++)
        {
            float* lane = Lane(s);
            foreach (ref float value in samples.Slice(s * Features, Features))
            {
                value = *lane;
                lane += Panel.Width;
            }
        }
    }

    public override void Read(Span<double> samples, int batch)
    {
        CheckLength(samples.Length, batch);
        for (int s = 0; s < batch; s++)
        {
            float* lane = Lane(s);
            foreach (ref double value in samples.Slice(s * Features, Features))
            {
                value = *lane;
                lane += Panel.Width;
            }
        }
    }

    protected override void Dispose(bool disposing) => memory.Dispose();

    /// <summary>
    /// Lines of one feature in several panels would compete for the same set of the cache if panels were whole multiples of
    /// some KiB apart, as the usual numbers of features make them.
    /// </summary>
    private static nint StrideOf(int features) => (features + (features >= 64 && features % 8 == 0 ? 9 : 0)) * (nint)Panel.Width;

    private float* Lane(int sample) => Values + sample / Panel.Width * PanelStride + sample % Panel.Width;
}
