namespace Fpe.Compute;

/// <summary>
/// A vector of floating-point numbers in device memory. Reading and writing copy to and from the host, and wait for the device.
/// </summary>
public abstract class DeviceBuffer(Device device, int length) : DeviceMemory(device)
{
    /// <summary>Number of elements.</summary>
    public int Length { get; } = length;

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
}
