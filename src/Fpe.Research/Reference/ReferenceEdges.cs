using Fpe.Compute;

namespace Fpe.Research.Reference;

/// <summary>Edges whose values are stored in slot order.</summary>
internal sealed class ReferenceEdges(Device device, EdgeLayout layout) : DeviceEdges(device, layout)
{
    public override int StorageLength => Layout.SlotCount;

    public override void Write(ReadOnlySpan<double> slots, DeviceBuffer storage)
    {
        CheckLengths(slots.Length, storage);
        var values = slots.ToArray();
        for (int slot = 0; slot < values.Length; slot++)
        {
            if (!Layout.IsKept(slot))
                values[slot] = 0;
        }

        storage.Write(values);
    }

    public override void Read(DeviceBuffer storage, Span<double> slots)
    {
        CheckLengths(slots.Length, storage);
        storage.Read(slots);
    }

    protected override void Dispose(bool disposing)
    {
    }
}
