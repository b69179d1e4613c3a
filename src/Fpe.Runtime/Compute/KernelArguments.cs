using System.Runtime.CompilerServices;

namespace Fpe.Compute;

/// <summary>The checks that <see cref="CheckedKernels"/> makes before a kernel of a device runs.</summary>
internal sealed class KernelArguments(Device device)
{
    public void Check(DeviceBuffer buffer, [CallerArgumentExpression(nameof(buffer))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(buffer, name);
        CheckDevice(buffer.Device, name);
    }

    public void Check(DeviceBuffer buffer, int length, [CallerArgumentExpression(nameof(buffer))] string name = "")
    {
        Check(buffer, name);
        if (buffer.Length != length)
            throw new ArgumentException($"The buffer has {buffer.Length} elements, but the call requires {length}.", name);
    }

    public void Check(IndexBuffer buffer, int minimumLength, [CallerArgumentExpression(nameof(buffer))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(buffer, name);
        CheckDevice(buffer.Device, name);
        if (buffer.Length < minimumLength)
            throw new ArgumentException($"The buffer has {buffer.Length} elements, but the call requires at least {minimumLength}.", name);
    }

    public void Check(DeviceEdges edges, [CallerArgumentExpression(nameof(edges))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(edges, name);
        CheckDevice(edges.Device, name);
    }

    public void Check(Activations activations, int features, int batch, [CallerArgumentExpression(nameof(activations))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(activations, name);
        CheckDevice(activations.Device, name);
        if (activations.Features != features)
            throw new ArgumentException($"The activations have {activations.Features} features, but the call requires {features}.", name);
        if ((uint)batch > (uint)activations.Capacity)
            throw new ArgumentException($"A batch of {batch} samples is outside 0 to the capacity, {activations.Capacity}.", name);
    }

    /// <summary>
    /// Checks activations that are used together with others in one call: both must have the same capacity, so that devices may use the
    /// same layout for both.
    /// </summary>
    public void Check(
        Activations activations, int features, int batch, Activations others,
        [CallerArgumentExpression(nameof(activations))] string name = "")
    {
        Check(activations, features, batch, name);
        if (activations.Capacity != others.Capacity)
        {
            throw new ArgumentException(
                $"The activations have a capacity of {activations.Capacity} samples, but others of the same call {others.Capacity}.", name);
        }
    }

    public void CheckSlot(DeviceBuffer buffer, int slot, [CallerArgumentExpression(nameof(buffer))] string name = "")
    {
        Check(buffer, name);
        if ((uint)slot >= (uint)buffer.Length)
            throw new ArgumentException($"Slot {slot} is outside the buffer of {buffer.Length} elements.", name);
    }

    /// <summary>Checks a range of features.</summary>
    public static void CheckRange(Activations activations, int first, int count, string name)
    {
        if (first < 0 || first > (long)activations.Features - count)
        {
            throw new ArgumentOutOfRangeException(
                name, first, $"{count} features starting at {first} are outside the {activations.Features} features of the activations.");
        }
    }

    public static void CheckBatchNotEmpty(int batch)
    {
        if (batch < 1)
            throw new ArgumentException($"The mean over a batch of {batch} samples is undefined.", nameof(batch));
    }

    public static void CheckDistinct(object input, object output, [CallerArgumentExpression(nameof(output))] string name = "")
    {
        if (ReferenceEquals(input, output))
            throw new ArgumentException("The output is one of the inputs; this kernel cannot work in place.", name);
    }

    private void CheckDevice(Device owner, string name)
    {
        if (!ReferenceEquals(owner, device))
            throw new ArgumentException($"The argument belongs to device '{owner.Name}', but the kernel to '{device.Name}'.", name);
    }
}
