using System.Runtime.CompilerServices;

namespace Fpe.Compute.Cpu;

/// <summary>
/// Panels of 16 samples: [capacity / 16][features and padding][16] floats. One feature of one panel is a cache line, so an edge reads its
/// input directly, without a gather copy. A batch of a few samples may be stored in <see cref="FewSamples"/> instead, until a kernel
/// requests the panels.
/// </summary>
internal sealed unsafe class CpuActivations : Activations
{
    private readonly AlignedMemory memory;
    private readonly FewSamples few;

    // Size of the batch stored in few instead of the panels; 0 if the panels hold the batch.
    private int fewBatch;

    public CpuActivations(CpuDevice device, int features, int capacity)
        : base(device, features, capacity)
    {
        PanelStride = StrideOf(features);
        memory = new AlignedMemory(sizeof(float) * (long)Panel.Count(capacity) * PanelStride);
        few = new FewSamples(features, capacity);
    }

    /// <summary>The first panel, for reading and writing; values in <see cref="FewSamples"/> are moved to the panels first.</summary>
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

    /// <summary>Floats from one panel to the next, including some padding that kernels may overwrite.</summary>
    public nint PanelStride { get; }

    /// <summary>Returns a panel of a batch.</summary>
    public Panel PanelAt(int index, int batch) =>
        new(Values + index * PanelStride, Math.Min(Panel.Width, batch - index * Panel.Width));

    /// <summary>Whether the values are stored in <see cref="FewSamples"/> instead of panels.</summary>
    public bool IsFew => fewBatch > 0;

    /// <summary>Returns the values of a batch of a few samples, for reading.</summary>
    public float* ReadFew(int batch)
    {
        if (fewBatch != batch)
            few.Take(Values, batch);
        return few.Values;
    }

    /// <summary>Returns the memory for a batch of a few samples; the caller overwrites all values.</summary>
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
    /// Returns the stride of panels. With common numbers of features, panels would be a multiple of some KiB apart, and the cache lines of
    /// one feature in several panels would compete for the same cache set.
    /// </summary>
    private static nint StrideOf(int features) => (features + (features >= 64 && features % 8 == 0 ? 9 : 0)) * (nint)Panel.Width;

    /// <summary>Returns the address of feature 0 of a sample, and the distance to the next feature.</summary>
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
