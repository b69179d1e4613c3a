using Fpe.Compute;
using ILGPU;

namespace Fpe.Gpu.Compute;

/// <summary>
/// A matrix [features, stride]: the samples of one feature are contiguous. Neighbouring threads compute neighbouring samples, so every
/// access is to neighbouring addresses, even if a layer reads only some of its inputs: it gathers whole rows, and no copy is needed.
/// </summary>
internal sealed class GpuActivations : Activations
{
    /// <summary>Rows start at multiples of 128 bytes, which is what GPUs fetch at once; few samples lie one row after the other.</summary>
    private const int RowUnit = 32;

    private readonly GpuMemory<float> memory;

    public GpuActivations(GpuDevice device, int features, int capacity)
        : base(device, features, capacity)
    {
        Stride = capacity < RowUnit / 2 ? capacity : checked((capacity + RowUnit - 1) / RowUnit * RowUnit);
        string what = $"{capacity} samples of {features} values";
        long elements = (long)features * Stride;
        if (elements > int.MaxValue)
            throw GpuFailure.OfIndexing(device.Info, what, elements);
        memory = new GpuMemory<float>(device, elements, what);
    }

    /// <summary>Elements from one feature to the next; the same for all activations of one capacity.</summary>
    public int Stride { get; }

    public ArrayView<float> View => memory.View;

    public override void Write(ReadOnlySpan<float> samples, int batch)
    {
        CheckLength(samples.Length, batch);
        if (batch == 0)
            return;
        var rows = new float[Features * Stride];
        for (int s = 0; s < batch; s++)
        {
            for (int i = 0; i < Features; i++)
                rows[(i * Stride) + s] = samples[(s * Features) + i];
        }

        memory.Write(rows);
    }

    public override void Read(Span<float> samples, int batch)
    {
        CheckLength(samples.Length, batch);
        _ = View;
        if (batch == 0)
            return;
        var rows = new float[((Features - 1) * Stride) + batch];
        memory.Read(rows);
        for (int s = 0; s < batch; s++)
        {
            for (int i = 0; i < Features; i++)
                samples[(s * Features) + i] = rows[(i * Stride) + s];
        }
    }

    public override void Read(Span<double> samples, int batch)
    {
        var values = new float[samples.Length];
        Read(values, batch);
        HostNumbers.Widen(values, samples);
    }

    protected override void Dispose(bool disposing) => memory.Dispose();
}
