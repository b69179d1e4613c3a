namespace Fpe.Compute;

/// <summary>
/// The values of one layer for a batch of samples: a matrix of samples × features whose memory layout depends on the device. Only kernels
/// access it directly; the host uses <see cref="Write(ReadOnlySpan{float}, int)"/> and <see cref="Read(Span{float}, int)"/>, row by row.
/// </summary>
public abstract class Activations(Device device, int features, int capacity) : DeviceMemory(device)
{
    /// <summary>Values per sample.</summary>
    public int Features { get; } = features;

    /// <summary>The largest batch that fits.</summary>
    public int Capacity { get; } = capacity;

    /// <summary>Copies a batch from the host.</summary>
    /// <param name="samples">Values of the samples, row by row: [<paramref name="batch"/>, <see cref="Features"/>].</param>
    /// <param name="batch">Samples; from 0 to <see cref="Capacity"/>.</param>
    public abstract void Write(ReadOnlySpan<float> samples, int batch);

    /// <inheritdoc cref="Write(ReadOnlySpan{float}, int)"/>
    /// <remarks>Values are rounded to single precision, unless a device overrides this.</remarks>
    public virtual void Write(ReadOnlySpan<double> samples, int batch)
    {
        var single = new float[samples.Length];
        for (int i = 0; i < single.Length; i++)
            single[i] = (float)samples[i];
        Write(single, batch);
    }

    /// <summary>Copies a batch to the host.</summary>
    /// <param name="samples">Receives the values row by row: [<paramref name="batch"/>, <see cref="Features"/>].</param>
    /// <param name="batch">Samples; from 0 to <see cref="Capacity"/>.</param>
    public abstract void Read(Span<float> samples, int batch);

    /// <inheritdoc cref="Read(Span{float}, int)"/>
    public abstract void Read(Span<double> samples, int batch);

    /// <summary>Checks the length of a host copy of a batch.</summary>
    /// <exception cref="ArgumentException">The batch exceeds the capacity, or the length of the span does not match.</exception>
    protected void CheckLength(int length, int batch)
    {
        if ((uint)batch > (uint)Capacity)
            throw new ArgumentException($"A batch of {batch} samples is outside 0 to the capacity, {Capacity}.", nameof(batch));
        if (length != (long)batch * Features)
            throw new ArgumentException($"{batch} samples of {Features} features are not {length} values.", nameof(length));
    }
}
