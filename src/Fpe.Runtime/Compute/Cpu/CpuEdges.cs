namespace Fpe.Compute.Cpu;

/// <summary>
/// Blocks of several rows, which kernels compute in tiles, and rows by themselves, which they compute in segments. Values are
/// stored in the order kernels read them: first the blocks (see <see cref="CpuBlock"/>), then the segments.
/// </summary>
internal sealed unsafe class CpuEdges : DeviceEdges
{
    private readonly AlignedMemory indices;
    private readonly CpuBlock[] blocks;
    private readonly RowSegments segments;
    private readonly int[] elements;
    private readonly int[] holes;

    public CpuEdges(CpuDevice device, EdgeLayout layout)
        : base(device, layout)
    {
        var all = Enumerable.Range(0, layout.BlockCount).ToArray();
        var several = all.Where(b => layout.Block(b).Rows.Length > 1).ToArray();
        var single = all.Where(b => layout.Block(b).Rows.Length == 1).ToArray();
        elements = new int[layout.SlotCount];
        blocks = new CpuBlock[several.Length];
        indices = MakeBlocks(layout, several, blocks, elements);
        segments = new RowSegments(layout, single, several.Sum(b => layout.Block(b).SlotCount), elements);
        holes = [.. Enumerable.Range(0, layout.SlotCount).Where(slot => !layout.IsKept(slot)).Select(slot => elements[slot])];
    }

    public override int StorageLength => Layout.SlotCount;

    /// <summary>Blocks of several rows.</summary>
    public ReadOnlySpan<CpuBlock> Blocks => NotDisposed(blocks);

    /// <summary>Blocks of one row.</summary>
    public RowSegments Segments => NotDisposed(segments);

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
        indices.Dispose();
        segments.Dispose();
    }

    /// <summary>Makes blocks, their rows and columns in native memory, and says where each of their slots is stored.</summary>
    private static AlignedMemory MakeBlocks(EdgeLayout layout, int[] several, CpuBlock[] blocks, int[] elements)
    {
        var memory = new AlignedMemory(sizeof(int) * several.Sum(b => (long)layout.Block(b).Rows.Length + layout.Block(b).Columns.Length));
        int* next = memory.Integers;
        int firstWeight = 0;
        for (int i = 0; i < several.Length; i++)
        {
            EdgeBlock block = layout.Block(several[i]);
            int* rows = next;
            int* columns = rows + block.Rows.Length;
            next = columns + block.Columns.Length;
            block.Rows.CopyTo(new Span<int>(rows, block.Rows.Length));
            block.Columns.CopyTo(new Span<int>(columns, block.Columns.Length));
            blocks[i] = new CpuBlock(rows, block.Rows.Length, columns, block.Columns.Length, firstWeight);
            firstWeight += block.SlotCount;

            int slot = block.FirstSlot;
            for (int row = 0; row < block.Rows.Length; row++)
            {
                for (int column = 0; column < block.Columns.Length; column++)
                    elements[slot++] = blocks[i].IndexOf(row, column);
            }
        }

        return memory;
    }

    private T NotDisposed<T>(T value)
    {
        ObjectDisposedException.ThrowIf(indices.IsClosed, this);
        return value;
    }
}
