namespace Fpe.Compute.Cpu;

/// <summary>
/// The edges of a layer: blocks of several rows, and single rows, which are stored as a grid of cells. Values are stored in the order in
/// which kernels read them: first the blocks (see <see cref="CpuBlock"/>), then the cells (see <see cref="CpuCell"/>).
/// </summary>
internal sealed unsafe class CpuEdges : DeviceEdges
{
    private readonly CpuBlocks blocks;
    private readonly CpuGrid grid;
    private readonly CpuFamilies? families;
    private readonly int[] gridHoles;

    public CpuEdges(CpuDevice device, EdgeLayout layout)
        : base(device, layout)
    {
        var all = Enumerable.Range(0, layout.BlockCount).ToArray();
        blocks = new CpuBlocks(layout, Array.FindAll(all, b => layout.Block(b).Rows.Length > 1));
        grid = new CpuGrid(layout, [.. all.Where(b => layout.Block(b).Rows.Length == 1).OrderBy(b => layout.Block(b).Rows[0])], blocks.WeightCount);
        if (FamilyPlan.Of(grid, device.Width) is { } plan)
            families = new CpuFamilies(grid, plan);
        gridHoles = layout.HasHoles ? [.. grid.Holes()] : [];
    }

    public override int StorageLength => Layout.SlotCount;

    /// <summary>Blocks of several rows.</summary>
    public CpuBlocks Blocks => blocks;

    /// <summary>Blocks of one row.</summary>
    public CpuGrid Grid => grid;

    /// <summary>The blocks of one row in the order for few samples; null if that would not be faster.</summary>
    public CpuFamilies? Families => families;

    /// <summary>Indices of elements of single rows that belong to no edge in a buffer over these edges; the others are <see cref="CpuBlocks.Holes"/>.</summary>
    public ReadOnlySpan<int> GridHoles => gridHoles;

    /// <summary>Size of the index data in bytes, except that of the layout itself.</summary>
    public long IndexBytes => blocks.IndexBytes + grid.IndexBytes + (families?.IndexBytes ?? 0) + sizeof(int) * (long)gridHoles.Length;

    /// <remarks>Few samples, single rows and blocks of few rows have kernels of their own.</remarks>
    public override int ChunksAtOnce(int fewest, int most) =>
        fewest > FewSamples.Maximum && grid.RowCount == 0 && blocks.HaveManyRows ? CpuKernels.ChunksAtOnce(most) : 1;

    public override void Write(ReadOnlySpan<double> slots, DeviceBuffer storage)
    {
        CheckLengths(slots.Length, storage);
        using MemoryLease lease = ((CpuBuffer)storage).Lease(), blocksLease = blocks.Lease();
        float* values = ((CpuBuffer)storage).Address;
        blocks.Write(slots, values);
        grid.Write(slots, values);
        CpuKernels.ClearHoles(this, values);
    }

    public override void Read(DeviceBuffer storage, Span<double> slots)
    {
        CheckLengths(slots.Length, storage);
        using MemoryLease lease = ((CpuBuffer)storage).Lease(), blocksLease = blocks.Lease();
        float* values = ((CpuBuffer)storage).Address;
        blocks.Read(values, slots);
        grid.Read(values, slots);
    }

    protected override void Dispose(bool disposing)
    {
        blocks.Dispose();
        grid.Dispose();
        families?.Dispose();
    }
}
