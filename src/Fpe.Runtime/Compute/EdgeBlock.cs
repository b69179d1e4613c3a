namespace Fpe.Compute;

/// <summary>A dense block of a layer: each of its rows (outputs) reads each of its columns (inputs).</summary>
public readonly ref struct EdgeBlock
{
    internal EdgeBlock(ReadOnlySpan<int> rows, ReadOnlySpan<int> columns, int firstSlot)
    {
        Rows = rows;
        Columns = columns;
        FirstSlot = firstSlot;
    }

    /// <summary>Outputs of the block.</summary>
    public ReadOnlySpan<int> Rows { get; }

    /// <summary>Inputs of the block, ascending.</summary>
    public ReadOnlySpan<int> Columns { get; }

    /// <summary>Slot of the block's first edge; edges are stored row by row.</summary>
    public int FirstSlot { get; }

    /// <summary>Number of slots of the block: rows · columns.</summary>
    public int SlotCount => Rows.Length * Columns.Length;
}
