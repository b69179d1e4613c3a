namespace Fpe.Compute;

/// <summary>
/// An <see cref="EdgeLayout"/> on a device: the index data that kernels read, and the storage order of values. Values are exchanged with
/// the host in slot order; arrays on the device have <see cref="StorageLength"/> elements, and elements that belong to no edge are always
/// exactly 0.
/// </summary>
public abstract class DeviceEdges(Device device, EdgeLayout layout) : DeviceMemory(device)
{
    /// <summary>The structure.</summary>
    public EdgeLayout Layout { get; } = layout;

    /// <summary>Length of a weight, gradient or moment buffer over these edges.</summary>
    public abstract int StorageLength { get; }

    /// <summary>
    /// Returns how many chunks of a batch <see cref="IKernels.EdgeWeightGradientOfChunks"/> adds in one kernel, with a gain over a kernel for each: a
    /// power of two, 1 if there is none.
    /// </summary>
    /// <param name="fewest">The fewest samples of a chunk.</param>
    /// <param name="most">The most samples of a chunk.</param>
    public virtual int ChunksAtOnce(int fewest, int most) => 1;

    /// <summary>Writes one value per slot to a buffer over these edges; values at holes are ignored and stored as 0.</summary>
    /// <param name="slots">Values in slot order: <see cref="EdgeLayout.SlotCount"/> of them.</param>
    /// <param name="storage">A buffer of <see cref="StorageLength"/> elements.</param>
    public abstract void Write(ReadOnlySpan<double> slots, DeviceBuffer storage);

    /// <summary>Reads one value per slot from a buffer over these edges.</summary>
    /// <param name="storage">A buffer of <see cref="StorageLength"/> elements.</param>
    /// <param name="slots">Receives the values in slot order: <see cref="EdgeLayout.SlotCount"/> of them.</param>
    public abstract void Read(DeviceBuffer storage, Span<double> slots);

    /// <summary>Finds out which elements of a buffer over these edges belong to an edge, by writing a number for every edge.</summary>
    internal bool[] FindEdges()
    {
        var slots = new double[Layout.SlotCount];
        Array.Fill(slots, 1);
        using DeviceBuffer marks = Device.Allocate(StorageLength);
        Write(slots, marks);
        var marked = new float[StorageLength];
        marks.Read(marked);
        return Array.ConvertAll(marked, mark => mark != 0);
    }

    /// <summary>Checks the arguments of <see cref="Write"/> and <see cref="Read"/>.</summary>
    /// <exception cref="ArgumentException">A length does not match the layout, or the buffer belongs to another device.</exception>
    protected void CheckLengths(int slots, DeviceBuffer storage)
    {
        ArgumentNullException.ThrowIfNull(storage);
        if (!ReferenceEquals(storage.Device, Device))
            throw new ArgumentException($"The buffer belongs to device '{storage.Device.Name}', but the edges to '{Device.Name}'.", nameof(storage));
        if (slots != Layout.SlotCount)
            throw new ArgumentException($"{slots} values do not match {Layout.SlotCount} slots.", nameof(slots));
        if (storage.Length != StorageLength)
            throw new ArgumentException($"The buffer has {storage.Length} elements, but the edges require {StorageLength}.", nameof(storage));
    }
}
