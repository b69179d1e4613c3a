namespace Fpe.Compute;

/// <summary>Something that lives in the memory of a device and is freed on disposal.</summary>
/// <param name="device">The device that owns the memory.</param>
public abstract class DeviceMemory(Device device) : IDisposable
{
    private string? owner;

    /// <summary>The device that owns the memory.</summary>
    public Device Device { get; } = device;

    /// <summary>Frees the device memory; a second call does nothing.</summary>
    /// <exception cref="InvalidOperationException">The memory is a model's, which frees it when it is disposed itself.</exception>
    public void Dispose()
    {
        if (owner is not null)
            throw new InvalidOperationException($"This memory belongs to {owner}; it is freed when the model is disposed.");
        Free();
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the device memory; called once or more.</summary>
    protected abstract void Dispose(bool disposing);

    /// <summary>From now on only the owner may free the memory, since others may be computing with it.</summary>
    /// <param name="newOwner">Name of the owner, for messages.</param>
    internal void BelongTo(string newOwner) => owner = newOwner;

    /// <summary>Frees the device memory; called by its owner.</summary>
    internal void Free() => Dispose(disposing: true);
}
