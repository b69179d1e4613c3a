namespace Fpe.Compute.Cpu;

/// <summary>
/// Blocks of several rows, which kernels compute in tiles, and single rows, which they compute in bands of columns.
/// <see cref="CpuBlock"/> says how weights are stored.
/// </summary>
internal sealed unsafe class CpuEdges : DeviceEdges
{
    private readonly AlignedMemory indices;
    private readonly CpuBlock[] all;
    private readonly CpuBlock[] blocks;
    private readonly ColumnBands singleRows;
    private readonly int[] holes;

    public CpuEdges(CpuDevice device, EdgeLayout layout)
        : base(device, layout)
    {
        all = new CpuBlock[layout.BlockCount];
        indices = MakeBlocks(layout, all);
        blocks = [.. all.Where(block => block.RowCount > 1)];
        singleRows = new ColumnBands([.. all.Where(block => block.RowCount == 1)], layout.InputCount);
        holes = FindHoles(layout, all);
    }

    public override int StorageLength => Layout.SlotCount;

    /// <summary>Blocks of several rows.</summary>
    public ReadOnlySpan<CpuBlock> Blocks => NotDisposed(blocks);

    /// <summary>Blocks of one row.</summary>
    public ColumnBands SingleRows => NotDisposed(singleRows);

    /// <summary>Elements of a buffer over these edges that belong to no edge.</summary>
    public ReadOnlySpan<int> Holes => holes;

    public override void Write(ReadOnlySpan<double> slots, DeviceBuffer storage)
    {
        CheckLengths(slots.Length, storage);
        float* values = ((CpuBuffer)storage).Address;
        int slot = 0;
        foreach (CpuBlock block in all)
        {
            for (int row = 0; row < block.RowCount; row++)
            {
                for (int column = 0; column < block.ColumnCount; column++)
                    values[block.IndexOf(row, column)] = (float)slots[slot++];
            }
        }

        foreach (int hole in holes)
            values[hole] = 0;
        GC.KeepAlive(storage);
    }

    public override void Read(DeviceBuffer storage, Span<double> slots)
    {
        CheckLengths(slots.Length, storage);
        float* values = ((CpuBuffer)storage).Address;
        int slot = 0;
        foreach (CpuBlock block in all)
        {
            for (int row = 0; row < block.RowCount; row++)
            {
                for (int column = 0; column < block.ColumnCount; column++)
                    slots[slot++] = values[block.IndexOf(row, column)];
            }
        }

        GC.KeepAlive(storage);
    }

    protected override void Dispose(bool disposing) => indices.Dispose();

    private T NotDisposed<T>(T value)
    {
        ObjectDisposedException.ThrowIf(indices.IsClosed, this);
        return value;
    }

    /// <summary>Copies rows and columns of the blocks to native memory, and makes the blocks that point to them.</summary>
    private static AlignedMemory MakeBlocks(EdgeLayout layout, CpuBlock[] blocks)
    {
        long count = 0;
        for (int b = 0; b < blocks.Length; b++)
            count += layout.Block(b).Rows.Length + layout.Block(b).Columns.Length;

        var memory = new AlignedMemory(sizeof(int) * count);
        int* next = memory.Integers;
        for (int b = 0; b < blocks.Length; b++)
        {
            EdgeBlock block = layout.Block(b);
            int* rows = next;
            int* columns = rows + block.Rows.Length;
            next = columns + block.Columns.Length;
            block.Rows.CopyTo(new Span<int>(rows, block.Rows.Length));
            block.Columns.CopyTo(new Span<int>(columns, block.Columns.Length));
            blocks[b] = new CpuBlock(rows, block.Rows.Length, columns, block.Columns.Length, block.FirstSlot);
        }

        return memory;
    }

    private static int[] FindHoles(EdgeLayout layout, CpuBlock[] blocks)
    {
        var holes = new List<int>(layout.SlotCount - layout.EdgeCount);
        int slot = 0;
        foreach (CpuBlock block in blocks)
        {
            for (int row = 0; row < block.RowCount; row++)
            {
                for (int column = 0; column < block.ColumnCount; column++)
                {
                    if (!layout.IsKept(slot++))
                        holes.Add(block.IndexOf(row, column));
                }
            }
        }

        return [.. holes];
    }
}
