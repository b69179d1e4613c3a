namespace Fpe.Compute.Cpu;

/// <summary>
/// Blocks of several rows, which kernels compute in tiles, and rows by themselves, which they compute in tiles of single edges. Values are
/// stored in the order kernels read them: first the blocks (see <see cref="CpuBlock"/>), then the tiles (see <see cref="CpuTile"/>).
/// </summary>
internal sealed unsafe class CpuEdges : DeviceEdges
{
    private readonly CpuBlocks blocks;
    private readonly CpuTiles tiles;
    private readonly int[] elements;
    private readonly int[] holes;

    public CpuEdges(CpuDevice device, EdgeLayout layout)
        : base(device, layout)
    {
        var all = Enumerable.Range(0, layout.BlockCount).ToArray();
        var several = all.Where(b => layout.Block(b).Rows.Length > 1).ToArray();
        var single = all.Where(b => layout.Block(b).Rows.Length == 1).ToArray();
        elements = new int[layout.SlotCount];
        blocks = new CpuBlocks(layout, several, elements);
        tiles = new CpuTiles(layout, single, blocks.WeightCount, elements);
        holes = [.. Enumerable.Range(0, layout.SlotCount).Where(slot => !layout.IsKept(slot)).Select(slot => elements[slot])];
    }

    public override int StorageLength => Layout.SlotCount;

    /// <summary>Blocks of several rows.</summary>
    public CpuBlocks Blocks => blocks;

    /// <summary>Blocks of one row.</summary>
    public CpuTiles Tiles => tiles;

    /// <summary>Elements of a buffer over these edges that belong to no edge.</summary>
    public ReadOnlySpan<int> Holes => holes;

    public override void Write(ReadOnlySpan<double> slots, DeviceBuffer storage)
    {
        CheckLengths(slots.Length, storage);
        float* values = ((CpuBuffer)storage).Address;
        for (int slot = 0; slot < slots.Length; slot++)
            values[elements[slot]] = (float)slots[slot];
        foreach (int hole in holes)
            values[hole] = 0;
        GC.KeepAlive(storage);
    }

    public override void Read(DeviceBuffer storage, Span<double> slots)
    {
        CheckLengths(slots.Length, storage);
        float* values = ((CpuBuffer)storage).Address;
        for (int slot = 0; slot < slots.Length; slot++)
            slots[slot] = values[elements[slot]];
        GC.KeepAlive(storage);
    }

    protected override void Dispose(bool disposing)
    {
        blocks.Dispose();
        tiles.Dispose();
    }
}
