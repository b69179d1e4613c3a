namespace Fpe.Compute.Cpu;

/// <summary>
/// The filters of a convolution over edges. Values are stored in slot order, so dense filters have the same layout as those of a
/// convolution without edges.
/// </summary>
internal sealed unsafe class CpuFilters : DeviceEdges
{
    private readonly AlignedMemory blocks;
    private readonly AlignedMemory indices;
    private readonly AlignedMemory pieces;
    private readonly int[] holes;

    public CpuFilters(CpuDevice device, EdgeLayout layout)
        : base(device, layout)
    {
        blocks = new AlignedMemory((long)sizeof(FilterBlock) * layout.BlockCount);
        indices = new AlignedMemory(sizeof(int) * Enumerable.Range(0, layout.BlockCount).Sum(b => (long)layout.Block(b).Rows.Length + layout.Block(b).Columns.Length));
        int* next = indices.Integers;
        for (int b = 0; b < layout.BlockCount; b++)
        {
            EdgeBlock block = layout.Block(b);
            int* columns = next + block.Rows.Length;
            block.Rows.CopyTo(new Span<int>(next, block.Rows.Length));
            block.Columns.CopyTo(new Span<int>(columns, block.Columns.Length));
            Blocks[b] = new FilterBlock(next, block.Rows.Length, columns, block.Columns.Length, block.FirstSlot);
            next = columns + block.Columns.Length;
        }

        FilterPiece[] cuts = [.. Enumerable.Range(0, layout.BlockCount).SelectMany(b => Cut(b, layout.Block(b)))];
        PieceCount = cuts.Length;
        pieces = new AlignedMemory((long)sizeof(FilterPiece) * PieceCount);
        cuts.CopyTo(new Span<FilterPiece>(Pieces, PieceCount));
        holes = layout.HasHoles ? [.. Enumerable.Range(0, layout.SlotCount).Where(slot => !layout.IsKept(slot))] : [];
        IsDense = layout.BlockCount == 1 && layout.SlotCount == (long)layout.OutputCount * layout.InputCount && Ascend(layout.Block(0).Rows);
    }

    public override int StorageLength => Layout.SlotCount;

    /// <summary>The blocks of the layout.</summary>
    public FilterBlock* Blocks => (FilterBlock*)blocks.Floats;

    /// <summary>The blocks, divided into pieces.</summary>
    public FilterPiece* Pieces => (FilterPiece*)pieces.Floats;

    /// <summary>Number of pieces.</summary>
    public int PieceCount { get; }

    /// <summary>Indices of elements that belong to no edge in a buffer over these edges.</summary>
    public ReadOnlySpan<int> Holes => holes;

    /// <summary>Whether a buffer over these edges has the layout [filters, channels, kernel, kernel], possibly with zeros at holes.</summary>
    public bool IsDense { get; }

    public override void Write(ReadOnlySpan<double> slots, DeviceBuffer storage)
    {
        CheckLengths(slots.Length, storage);
        using MemoryLease lease = ((CpuBuffer)storage).Lease();
        float* values = ((CpuBuffer)storage).Address;
        for (int slot = 0; slot < slots.Length; slot++)
            values[slot] = (float)slots[slot];
        foreach (int hole in holes)
            values[hole] = 0;
    }

    public override void Read(DeviceBuffer storage, Span<double> slots)
    {
        CheckLengths(slots.Length, storage);
        storage.Read(slots);
    }

    protected override void Dispose(bool disposing)
    {
        blocks.Dispose();
        indices.Dispose();
        pieces.Dispose();
    }

    /// <summary>Divides a block into pieces. Filters without columns also have a piece, which sums the gradients of their biases.</summary>
    private static List<FilterPiece> Cut(int b, EdgeBlock block)
    {
        var cuts = new List<FilterPiece>();
        for (int filter = 0; filter < block.Rows.Length; filter += FilterGradientTile.Filters)
        {
            for (int column = 0; column == 0 || column < block.Columns.Length; column += FilterGradientSums.MaximumTaps)
                cuts.Add(new FilterPiece(b, filter, column));
        }

        return cuts;
    }

    private static bool Ascend(ReadOnlySpan<int> rows)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            if (rows[i] != i)
                return false;
        }

        return true;
    }
}
