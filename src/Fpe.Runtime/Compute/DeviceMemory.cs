namespace Fpe.Compute;

/// <summary>Data in the memory of a device, freed on disposal.</summary>
/// <param name="device">The device that owns the memory.</param>
public abstract class DeviceMemory(Device device) : IDisposable
{
    private string? owner;

    /// <summary>The device that owns the memory.</summary>
    public Device Device { get; } = device;

    /// <summary>Frees the device memory; a second call does nothing.</summary>
    /// <exception cref="InvalidOperationException">The memory belongs to a model, which frees it when the model is disposed.</exception>
    public void Dispose()
    {
        if (owner is not null)
            throw new InvalidOperationException($"This memory belongs to {owner}; it is freed when the model is disposed.");
        Free();
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the device memory; may be called more than once.</summary>
    protected abstract void Dispose(bool disposing);

    /// <summary>Restricts freeing the memory to its owner, because other threads may be computing with it.</summary>
    /// <param name="newOwner">Name of the owner, for messages.</param>
    internal void BelongTo(string newOwner) => owner = newOwner;

    /// <summary>Frees the device memory; called by its owner.</summary>
    internal void Free() => Dispose(disposing: true);
}
