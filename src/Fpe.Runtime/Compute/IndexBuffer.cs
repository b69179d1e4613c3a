namespace Fpe.Compute;

/// <summary>A vector of 32-bit integers in device memory: sample order, class labels.</summary>
public abstract class IndexBuffer(Device device, int length) : DeviceMemory(device)
{
    /// <summary>Number of elements.</summary>
    public int Length { get; } = length;

    /// <summary>Copies host values to the elements from <paramref name="offset"/> on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The values do not fit.</exception>
    public abstract void Write(ReadOnlySpan<int> source, int offset = 0);

    /// <summary>Copies the elements from <paramref name="offset"/> on to host memory.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range exceeds the buffer.</exception>
    public abstract void Read(Span<int> destination, int offset = 0);
}
