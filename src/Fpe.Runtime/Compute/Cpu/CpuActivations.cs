namespace Fpe.Compute.Cpu;

/// <summary>
/// Panels of up to 64 samples: [capacity / width][features][width] floats. One feature of one panel is whole cache lines, so
/// that an edge reads its input wherever it lies, without a gather copy.
/// </summary>
internal sealed unsafe class CpuActivations : Activations
{
    private readonly AlignedMemory memory;
    private readonly int width;

    public CpuActivations(CpuDevice device, int features, int capacity)
        : base(device, features, capacity)
    {
        width = Math.Min(Panel.MaximumWidth, (capacity + Panel.LaneStep - 1) / Panel.LaneStep * Panel.LaneStep);
        memory = new AlignedMemory(sizeof(float) * (long)PanelCount(capacity) * features * width);
    }

    /// <summary>Panels that hold the samples of a batch.</summary>
    public int PanelCount(int batch) => (int)(((long)batch + width - 1) / width);

    /// <summary>A panel of a batch.</summary>
    public Panel PanelAt(int index, int batch) =>
        new(memory.Floats + (nint)index * Features * width, width, Math.Min(width, batch - index * width));

    public override void Write(ReadOnlySpan<float> samples, int batch)
    {
        CheckLength(samples.Length, batch);
        for (int s = 0; s < batch; s++)
        {
            float* lane = Lane(s, batch);
            foreach (float value in samples.Slice(s * Features, Features))
            {
                *lane = value;
                lane += width;
            }
        }
    }

    public override void Read(Span<float> samples, int batch)
    {
        CheckLength(samples.Length, batch);
        for (int s = 0; s < batch; s++)
        {
            float* lane = Lane(s, batch);
            foreach (ref float value in samples.Slice(s * Features, Features))
            {
                value = *lane;
                lane += width;
            }
        }
    }

    public override void Read(Span<double> samples, int batch)
    {
        CheckLength(samples.Length, batch);
        for (int s = 0; s < batch; s++)
        {
            float* lane = Lane(s, batch);
            foreach (ref double value in samples.Slice(s * Features, Features))
            {
                value = *lane;
                lane += width;
            }
        }
    }

    protected override void Dispose(bool disposing) => memory.Dispose();

    private float* Lane(int sample, int batch) => PanelAt(sample / width, batch).Values + sample % width;
}
