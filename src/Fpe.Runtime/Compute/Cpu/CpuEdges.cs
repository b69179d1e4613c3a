namespace Fpe.Compute.Cpu;

/// <summary>
/// Blocks of several rows, which kernels compute in tiles, and rows by themselves, which they compute in tiles of single edges. Values are
/// stored in the order kernels read them: first the blocks (see <see cref="CpuBlock"/>), then the tiles (see <see cref="CpuTile"/>).
/// </summary>
internal sealed unsafe class CpuEdges : DeviceEdges
{
    private readonly CpuBlocks blocks;
    private readonly CpuTiles tiles;
    private readonly int[] single;
    private readonly int[] singleElements;
    private readonly int[] holes;

    public CpuEdges(CpuDevice device, EdgeLayout layout)
        : base(device, layout)
    {
        var all = Enumerable.Range(0, layout.BlockCount).ToArray();
        var several = all.Where(b => layout.Block(b).Rows.Length > 1).ToArray();
        single = all.Where(b => layout.Block(b).Rows.Length == 1).ToArray();
        var elements = new int[layout.SlotCount];
        blocks = new CpuBlocks(layout, several);
        blocks.Place(layout, elements);
        tiles = new CpuTiles(layout, single, blocks.WeightCount, elements);
        singleElements = [.. single.SelectMany(b => Enumerable.Range(layout.Block(b).FirstSlot, layout.Block(b).SlotCount)).Select(slot => elements[slot])];
        holes = [.. Enumerable.Range(0, layout.SlotCount).Where(slot => !layout.IsKept(slot)).Select(slot => elements[slot])];
    }

    public override int StorageLength => Layout.SlotCount;

    /// <summary>Blocks of several rows.</summary>
    public CpuBlocks Blocks => blocks;

    /// <summary>Blocks of one row.</summary>
    public CpuTiles Tiles => tiles;

    /// <summary>Elements of a buffer over these edges that belong to no edge.</summary>
    public ReadOnlySpan<int> Holes => holes;

    /// <summary>Bytes of index data, but for those of the layout itself.</summary>
    public long IndexBytes => blocks.IndexBytes + tiles.IndexBytes + sizeof(int) * (long)(single.Length + singleElements.Length + holes.Length);

    public override void Write(ReadOnlySpan<double> slots, DeviceBuffer storage)
    {
        CheckLengths(slots.Length, storage);
        using MemoryLease lease = ((CpuBuffer)storage).Lease(), blocksLease = blocks.Lease();
        float* values = ((CpuBuffer)storage).Address;
        int[] elements = Elements();
        for (int slot = 0; slot < slots.Length; slot++)
            values[elements[slot]] = (float)slots[slot];
        foreach (int hole in holes)
            values[hole] = 0;
    }

    public override void Read(DeviceBuffer storage, Span<double> slots)
    {
        CheckLengths(slots.Length, storage);
        using MemoryLease lease = ((CpuBuffer)storage).Lease(), blocksLease = blocks.Lease();
        float* values = ((CpuBuffer)storage).Address;
        int[] elements = Elements();
        for (int slot = 0; slot < slots.Length; slot++)
            slots[slot] = values[elements[slot]];
    }

    /// <summary>The element of every slot. Those of blocks are computed when asked for: kept, they would take as much as the weights.</summary>
    private int[] Elements()
    {
        var elements = new int[Layout.SlotCount];
        blocks.Place(Layout, elements);
        int next = 0;
        foreach (int b in single)
        {
            EdgeBlock block = Layout.Block(b);
            singleElements.AsSpan(next, block.SlotCount).CopyTo(elements.AsSpan(block.FirstSlot));
            next += block.SlotCount;
        }

        return elements;
    }

    protected override void Dispose(bool disposing)
    {
        blocks.Dispose();
        tiles.Dispose();
    }
}
