using System.Numerics;
using Fpe.Compute;

namespace Fpe.Research.Reference;

/// <summary>A managed array, row by row: [capacity, features].</summary>
internal sealed class ReferenceActivations<T>(Device device, int features, int capacity) : Activations(device, features, capacity)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] values = new T[checked(features * capacity)];

    /// <summary>The values of all samples of a batch, row by row.</summary>
    public Span<T> Batch(int batch) => values.AsSpan(0, batch * Features);

    /// <summary>The values of one sample.</summary>
    public Span<T> Sample(int sample) => values.AsSpan(sample * Features, Features);

    public override void Write(ReadOnlySpan<float> samples, int batch)
    {
        CheckLength(samples.Length, batch);
        Converted.Copy(samples, Batch(batch));
    }

    public override void Write(ReadOnlySpan<double> samples, int batch)
    {
        CheckLength(samples.Length, batch);
        Converted.Copy(samples, Batch(batch));
    }

    public override void Read(Span<float> samples, int batch)
    {
        CheckLength(samples.Length, batch);
        Converted.Copy<T, float>(Batch(batch), samples);
    }

    public override void Read(Span<double> samples, int batch)
    {
        CheckLength(samples.Length, batch);
        Converted.Copy<T, double>(Batch(batch), samples);
    }

    protected override void Dispose(bool disposing)
    {
    }
}
