namespace Fpe.Compute.Cpu;

/// <summary>
/// Blocks of several rows, which kernels compute in tiles, and rows by themselves, which they compute in tiles of single edges. Values are
/// stored in the order kernels read them: first the blocks (see <see cref="CpuBlock"/>), then the tiles (see <see cref="CpuTile"/>).
/// </summary>
internal sealed unsafe class CpuEdges : DeviceEdges
{
    private readonly CpuBlocks blocks;
    private readonly CpuTiles tiles;
    private readonly int[] holes;

    public CpuEdges(CpuDevice device, EdgeLayout layout)
        : base(device, layout)
    {
        var all = Enumerable.Range(0, layout.BlockCount).ToArray();
        blocks = new CpuBlocks(layout, Array.FindAll(all, b => layout.Block(b).Rows.Length > 1));
        tiles = new CpuTiles(layout, [.. all.Where(b => layout.Block(b).Rows.Length == 1).OrderBy(b => layout.Block(b).Rows[0])], blocks.WeightCount);
        holes = layout.HasHoles ? [.. blocks.Holes(), .. tiles.Holes()] : [];
    }

    public override int StorageLength => Layout.SlotCount;

    /// <summary>Blocks of several rows.</summary>
    public CpuBlocks Blocks => blocks;

    /// <summary>Blocks of one row.</summary>
    public CpuTiles Tiles => tiles;

    /// <summary>Elements of a buffer over these edges that belong to no edge.</summary>
    public ReadOnlySpan<int> Holes => holes;

    /// <summary>Bytes of index data, but for those of the layout itself.</summary>
    public long IndexBytes => blocks.IndexBytes + tiles.IndexBytes + sizeof(int) * (long)holes.Length;

    public override void Write(ReadOnlySpan<double> slots, DeviceBuffer storage)
    {
        CheckLengths(slots.Length, storage);
        using MemoryLease lease = ((CpuBuffer)storage).Lease(), blocksLease = blocks.Lease();
        float* values = ((CpuBuffer)storage).Address;
        blocks.Write(slots, values);
        tiles.Write(slots, values);
        foreach (int hole in holes)
            values[hole] = 0;
    }

    public override void Read(DeviceBuffer storage, Span<double> slots)
    {
        CheckLengths(slots.Length, storage);
        using MemoryLease lease = ((CpuBuffer)storage).Lease(), blocksLease = blocks.Lease();
        float* values = ((CpuBuffer)storage).Address;
        blocks.Read(values, slots);
        tiles.Read(values, slots);
    }

    protected override void Dispose(bool disposing)
    {
        blocks.Dispose();
        tiles.Dispose();
    }
}
