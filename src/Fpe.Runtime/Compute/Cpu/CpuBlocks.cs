namespace Fpe.Compute.Cpu;

/// <summary>The blocks of several rows of a layout, in native memory.</summary>
internal sealed unsafe class CpuBlocks : IDisposable
{
    /// <summary>Elements beyond the last column that kernels may read to ask for inputs ahead.</summary>
    private const int Slack = 8;

    private readonly int[] several;
    private readonly AlignedMemory indices;
    private readonly AlignedMemory blocks;
    private readonly AlignedMemory pieces;

    /// <summary>Makes the blocks.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="several">Its blocks of several rows.</param>
    public CpuBlocks(EdgeLayout layout, int[] several)
    {
        this.several = several;
        Count = several.Length;
        blocks = new AlignedMemory((long)sizeof(CpuBlock) * Count);
        indices = new AlignedMemory(sizeof(uint) * (Slack + several.Sum(b => (long)layout.Block(b).Rows.Length + layout.Block(b).Columns.Length)));
        uint* next = (uint*)indices.Integers;
        for (int b = 0; b < Count; b++)
        {
            EdgeBlock block = layout.Block(several[b]);
            uint* rows = next;
            uint* columns = rows + block.Rows.Length;
            next = columns + block.Columns.Length;
            CopyOffsets(block.Rows, rows);
            CopyOffsets(block.Columns, columns);
            All[b] = new CpuBlock(rows, block.Rows.Length, columns, block.Columns.Length, WeightCount);
            WeightCount += block.SlotCount;
        }

        var cuts = Enumerable.Range(0, Count).SelectMany(Cut).ToArray();
        PieceCount = cuts.Length;
        pieces = new AlignedMemory((long)sizeof(RowPiece) * PieceCount);
        cuts.CopyTo(new Span<RowPiece>(Pieces, PieceCount));
    }

    /// <summary>Number of blocks.</summary>
    public int Count { get; }

    /// <summary>The blocks.</summary>
    public CpuBlock* All => (CpuBlock*)blocks.Floats;

    /// <summary>Number of pieces.</summary>
    public int PieceCount { get; }

    /// <summary>The rows of all blocks, cut into pieces.</summary>
    public RowPiece* Pieces => (RowPiece*)pieces.Floats;

    /// <summary>Weights of all blocks.</summary>
    public int WeightCount { get; }

    /// <summary>Bytes of index data.</summary>
    public long IndexBytes => indices.Size + blocks.Size + pieces.Size;

    /// <summary>Finds where the blocks' weights are stored.</summary>
    /// <param name="layout">The layout the blocks are of.</param>
    /// <param name="elements">Receives the element of each of the blocks' slots in a buffer over the edges.</param>
    public void Place(EdgeLayout layout, Span<int> elements)
    {
        for (int b = 0; b < Count; b++)
        {
            int slot = layout.Block(several[b]).FirstSlot;
            for (int row = 0; row < All[b].RowCount; row++)
            {
                for (int column = 0; column < All[b].ColumnCount; column++)
                    elements[slot++] = All[b].IndexOf(row, column);
            }
        }
    }

    /// <summary>Keeps the memory that <see cref="Place"/> reads.</summary>
    public MemoryLease Lease() => blocks.Lease();

    public void Dispose()
    {
        indices.Dispose();
        blocks.Dispose();
        pieces.Dispose();
    }

    private static void CopyOffsets(ReadOnlySpan<int> features, uint* offsets)
    {
        foreach (int feature in features)
            *offsets++ = checked((uint)feature * Panel.Width);
    }

    private IEnumerable<RowPiece> Cut(int block)
    {
        int rowCount = RowCount(block);
        for (int row = 0; row < rowCount; row += RowPiece.MaximumRows)
            yield return new RowPiece(block, row, Math.Min(rowCount, row + RowPiece.MaximumRows));
    }

    private int RowCount(int block) => All[block].RowCount;
}
