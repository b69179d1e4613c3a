using System.Runtime.CompilerServices;

namespace Fpe.Compute.Cpu;

/// <summary>
/// Panels of 16 samples: [capacity / 16][features and padding][16] floats. One feature of one panel is a cache line, so that an edge
/// reads its input wherever it lies, without a gather copy. A batch of a few samples may lie in <see cref="FewSamples"/> instead, until
/// a kernel asks for the panels.
/// </summary>
internal sealed unsafe class CpuActivations : Activations
{
    private readonly AlignedMemory memory;
    private readonly FewSamples few;

    // Samples of the batch that lies in few and not in the panels; 0 where the panels hold it.
    private int fewBatch;

    public CpuActivations(CpuDevice device, int features, int capacity)
        : base(device, features, capacity)
    {
        PanelStride = StrideOf(features);
        memory = new AlignedMemory(sizeof(float) * (long)Panel.Count(capacity) * PanelStride);
        few = new FewSamples(features, capacity);
    }

    /// <summary>The first panel, to read and to write; values that lie elsewhere come here first.</summary>
    public float* Values
    {
        get
        {
            if (IsFew)
                few.Put(memory.Floats, fewBatch);
            fewBatch = 0;
            return memory.Floats;
        }
    }

    /// <summary>Floats from a panel to the next: a few more than its features need, which kernels may overwrite.</summary>
    public nint PanelStride { get; }

    /// <summary>A panel of a batch.</summary>
    public Panel PanelAt(int index, int batch) =>
        new(Values + index * PanelStride, Math.Min(Panel.Width, batch - index * Panel.Width));

    /// <summary>Whether the values lie where <see cref="ReadFew"/> reads them, and not in panels.</summary>
    public bool IsFew => fewBatch > 0;

    /// <summary>The values of a batch of a few samples, to read.</summary>
    public float* ReadFew(int batch)
    {
        if (fewBatch != batch)
            few.Take(Values, batch);
        return few.Values;
    }

    /// <summary>Where the values of a batch of a few samples are to be written; the caller overwrites all of them.</summary>
    public float* WriteFew(int batch)
    {
        fewBatch = batch;
        return few.Values;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Write(ReadOnlySpan<float> samples, int batch)
    {
        CheckLength(samples.Length, batch);
        using MemoryLease lease = memory.Lease(), fewLease = few.Lease();
        fewBatch = FewSamples.Hold(batch) ? batch : 0;
        for (int s = 0; s < batch; s++)
        {
            ReadOnlySpan<float> sample = samples.Slice(s * Features, Features);
            float* lane = Lane(s, out int stride);
            if (stride == 1)
                sample.CopyTo(new Span<float>(lane, Features));
            for (int i = 0; stride > 1 && i < sample.Length; i++, lane += stride)
                *lane = sample[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Read(Span<float> samples, int batch)
    {
        CheckLength(samples.Length, batch);
        using MemoryLease lease = memory.Lease(), fewLease = few.Lease();
        for (int s = 0; s < batch; s++)
        {
            Span<float> sample = samples.Slice(s * Features, Features);
            float* lane = Lane(s, out int stride);
            for (int i = 0; i < sample.Length; i++, lane += stride)
                sample[i] = *lane;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Read(Span<double> samples, int batch)
    {
        CheckLength(samples.Length, batch);
        using MemoryLease lease = memory.Lease(), fewLease = few.Lease();
        for (int s = 0; s < batch; s++)
        {
            Span<double> sample = samples.Slice(s * Features, Features);
            float* lane = Lane(s, out int stride);
            for (int i = 0; i < sample.Length; i++, lane += stride)
                sample[i] = *lane;
        }
    }

    protected override void Dispose(bool disposing)
    {
        memory.Dispose();
        few.Dispose();
    }

    /// <summary>
    /// Lines of one feature in several panels would compete for the same set of the cache if panels were whole multiples of
    /// some KiB apart, as the usual numbers of features make them.
    /// </summary>
    private static nint StrideOf(int features) => (features + (features >= 64 && features % 8 == 0 ? 9 : 0)) * (nint)Panel.Width;

    /// <summary>Feature 0 of a sample, wherever it lies, and how far the next feature is.</summary>
    private float* Lane(int sample, out int stride)
    {
        if (sample < fewBatch)
        {
            stride = FewSamples.Lanes(fewBatch);
            return few.Values + sample;
        }

        stride = Panel.Width;
        return Values + sample / Panel.Width * PanelStride + sample % Panel.Width;
    }
}
