using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fpe.Compute.Cpu;

/// <summary>The blocks of several rows of a layout, in native memory.</summary>
internal sealed unsafe class CpuBlocks : IDisposable
{
    /// <summary>Elements beyond the last column that kernels may read to prefetch inputs.</summary>
    private const int Slack = 8;

    private readonly EdgeLayout layout;
    private readonly int[] several;
    private readonly AlignedMemory indices;
    private readonly AlignedMemory blocks;
    private readonly AlignedMemory pieces;
    private readonly int[] holes;

    /// <summary>Creates the blocks.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="several">The indices of its blocks of several rows.</param>
    public CpuBlocks(EdgeLayout layout, int[] several)
    {
        this.layout = layout;
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

        RowsFollow = Enumerable.Range(0, Count).All(b => Follow(All[b].Rows, All[b].RowCount));
        HaveManyRows = Enumerable.Range(0, Count).All(b => All[b].RowCount > FewRowsGradientTile.MaximumRows);
        IsOneOverAllInputs =
            Count == 1 && WeightCount == layout.SlotCount && All->ColumnCount == layout.InputCount && Follow(All->Columns, All->ColumnCount);
        holes = layout.HasHoles ? FindHoles() : [];
        var cuts = Enumerable.Range(0, Count).SelectMany(Cut).ToArray();
        PieceCount = cuts.Length;
        pieces = new AlignedMemory((long)sizeof(RowPiece) * PieceCount);
        cuts.CopyTo(new Span<RowPiece>(Pieces, PieceCount));
    }

    /// <summary>Number of blocks.</summary>
    public int Count { get; }

    /// <summary>The blocks.</summary>
    public CpuBlock* All => (CpuBlock*)blocks.Floats;

    /// <summary>Whether the rows of every block are adjacent.</summary>
    public bool RowsFollow { get; }

    /// <summary>Whether all edges are those of one block that reads every input.</summary>
    public bool IsOneOverAllInputs { get; }

    /// <summary>Whether every block has more rows than there are tiles for few of them.</summary>
    public bool HaveManyRows { get; }

    /// <summary>Number of pieces.</summary>
    public int PieceCount { get; }

    /// <summary>The rows of all blocks, divided into pieces.</summary>
    public RowPiece* Pieces => (RowPiece*)pieces.Floats;

    /// <summary>Number of weights of all blocks.</summary>
    public int WeightCount { get; }

    /// <summary>Indices of elements that belong to no edge in a buffer over the edges, in ascending order.</summary>
    public ReadOnlySpan<int> Holes => holes;

    /// <summary>The address of <see cref="Holes"/>, which do not move; undefined if there are none.</summary>
    public int* HoleAddress => (int*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(holes));

    /// <summary>Size of the index data in bytes.</summary>
    public long IndexBytes => indices.Size + blocks.Size + pieces.Size + sizeof(int) * (long)holes.Length;

    /// <summary>Stores one value per slot of the layout; values of other blocks are ignored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Write(ReadOnlySpan<double> slots, float* values)
    {
        CpuBlock* all = All;
        for (int b = 0; b < Count; b++)
        {
            (int slot, int columnCount) = (layout.Block(several[b]).FirstSlot, all[b].ColumnCount);
            for (int row = 0; row < all[b].RowCount; row++)
            {
                float* next = values + all[b].FirstOf(row);
                int step = all[b].HeightOf(row);
                for (int column = 0; column < columnCount; column++, next += step)
                    *next = (float)slots[slot++];
            }
        }
    }

    /// <summary>Reads one value per slot of the layout; values of other blocks are ignored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Read(float* values, Span<double> slots)
    {
        CpuBlock* all = All;
        for (int b = 0; b < Count; b++)
        {
            (int slot, int columnCount) = (layout.Block(several[b]).FirstSlot, all[b].ColumnCount);
            for (int row = 0; row < all[b].RowCount; row++)
            {
                float* next = values + all[b].FirstOf(row);
                int step = all[b].HeightOf(row);
                for (int column = 0; column < columnCount; column++, next += step)
                    slots[slot++] = *next;
            }
        }
    }

    /// <summary>Keeps the memory alive that <see cref="Write"/> and <see cref="Read"/> access.</summary>
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

    private static bool Follow(uint* offsets, int count)
    {
        for (int i = 1; i < count; i++)
        {
            if (offsets[i] != offsets[i - 1] + Panel.Width)
                return false;
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int[] FindHoles()
    {
        var missing = new List<int>();
        CpuBlock* all = All;
        for (int b = 0; b < Count; b++)
        {
            (int firstSlot, int columnCount) = (layout.Block(several[b]).FirstSlot, all[b].ColumnCount);
            for (int group = 0; group < all[b].RowCount; group += CpuBlock.GroupHeight)
            {
                int element = all[b].FirstOf(group), height = all[b].HeightAt(group);
                for (int column = 0; column < columnCount; column++)
                {
                    for (int row = group; row < group + height; row++, element++)
                    {
                        if (!layout.IsKept(firstSlot + row * columnCount + column))
                            missing.Add(element);
                    }
                }
            }
        }

        int[] pinned = GC.AllocateArray<int>(missing.Count, pinned: true);
        missing.CopyTo(pinned);
        return pinned;
    }

    private List<RowPiece> Cut(int block)
    {
        CpuBlock own = All[block];
        var cut = new List<RowPiece>();
        for (int row = 0; row < own.RowCount; row += RowPiece.MaximumRows)
        {
            int end = Math.Min(own.RowCount, row + RowPiece.MaximumRows), first = own.FirstOf(row);
            cut.Add(new RowPiece(block, row, end, HolesBefore(first), HolesBefore(first + ((end - row) * own.ColumnCount))));
        }

        return cut;

        int HolesBefore(int element)
        {
            int found = Array.BinarySearch(holes, element);
            return found < 0 ? ~found : found;
        }
    }
}
