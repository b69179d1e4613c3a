namespace Fpe.Compute;

/// <summary>
/// A vector of floating-point numbers in device memory. Reading and writing copy to and from the host, and wait for the device.
/// </summary>
public abstract class DeviceBuffer(Device device, int length) : DeviceMemory(device)
{
    /// <summary>The number of elements of which the start of a slice must be a multiple, so that kernels compute with whole vectors.</summary>
    public const int SliceAlignment = 64;

    /// <summary>Number of elements.</summary>
    public int Length { get; } = length;

    /// <summary>
    /// Address of the first element if the host can read and write the elements where they are; 0 otherwise. It is valid while the buffer
    /// is reachable and not disposed. For libraries that send buffers to other machines.
    /// </summary>
    public virtual nint HostAddress => 0;

    /// <summary>
    /// Returns consecutive elements as a buffer that shares the memory of this one. It must not be used after this one is disposed; it frees
    /// nothing itself.
    /// </summary>
    /// <param name="offset">The first element; a multiple of <see cref="SliceAlignment"/>.</param>
    /// <param name="count">The number of elements; unless the slice ends with the buffer, a multiple of <see cref="SliceAlignment"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The elements do not lie in the buffer, or are not aligned.</exception>
    /// <exception cref="NotSupportedException">The device has no slices.</exception>
    public DeviceBuffer Slice(int offset, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Length - offset);
        if (offset % SliceAlignment != 0 || (count % SliceAlignment != 0 && offset + count != Length))
            throw new ArgumentOutOfRangeException(nameof(offset), $"Elements {offset} to {offset + count - 1} of {Length} are not whole multiples of {SliceAlignment}.");
        return SliceOf(offset, count);
    }

    /// <summary>Copies host values to the elements from <paramref name="offset"/> on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The values do not fit.</exception>
    public abstract void Write(ReadOnlySpan<float> source, int offset = 0);

    /// <inheritdoc cref="Write(ReadOnlySpan{float}, int)"/>
    public abstract void Write(ReadOnlySpan<double> source, int offset = 0);

    /// <summary>Copies the elements from <paramref name="offset"/> on to host memory.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range exceeds the buffer.</exception>
    public abstract void Read(Span<float> destination, int offset = 0);

    /// <inheritdoc cref="Read(Span{float}, int)"/>
    public abstract void Read(Span<double> destination, int offset = 0);

    /// <summary>
    /// Never frees the memory, even if the buffer is disposed: a library that was interrupted may read and write it until the process ends. Does
    /// nothing unless a device overrides it, which one has to whose buffers have a <see cref="HostAddress"/>.
    /// </summary>
    public virtual void Abandon()
    {
    }

    /// <summary>Returns a slice whose bounds were checked; unless a device overrides this, it has none.</summary>
    protected virtual DeviceBuffer SliceOf(int offset, int count) =>
        throw new NotSupportedException($"Device '{Device.Name}' has no slices of buffers.");
}
