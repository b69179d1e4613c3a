using Fpe.Compute;
using ILGPU;

namespace Fpe.Gpu.Compute;

/// <summary>The structure of a layer on the device. Weights, gradients and moments are stored in slot order.</summary>
internal sealed class GpuEdges : DeviceEdges
{
    private readonly GpuMemory<int> memory;

    public GpuEdges(GpuDevice device, EdgeLayout layout, EdgeTables tables)
        : base(device, layout)
    {
        Tables = tables;
        int[] values = tables.Values;
        memory = new GpuMemory<int>(device, values.Length, $"the structure of a layer of {layout.OutputCount} × {layout.InputCount} weights");
        memory.Write(values);
    }

    public override int StorageLength => Layout.SlotCount;

    /// <summary>Where the parts of <see cref="View"/> start.</summary>
    public EdgeTables Tables { get; }

    public ArrayView<int> View => memory.View;

    public override void Write(ReadOnlySpan<double> slots, DeviceBuffer storage)
    {
        CheckLengths(slots.Length, storage);
        var values = new float[slots.Length];
        for (int slot = 0; slot < slots.Length; slot++)
            values[slot] = Layout.IsKept(slot) ? (float)slots[slot] : 0;
        storage.Write(values);
    }

    public override void Read(DeviceBuffer storage, Span<double> slots)
    {
        CheckLengths(slots.Length, storage);
        storage.Read(slots);
    }

    protected override void Dispose(bool disposing) => memory.Dispose();
}
