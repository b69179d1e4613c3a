namespace Fpe.Compute;

/// <summary>A dense piece of a layer: every one of its rows (outputs) reads every one of its columns (inputs).</summary>
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

    /// <summary>Slot of the block's first edge; its edges follow row by row.</summary>
    public int FirstSlot { get; }

    /// <summary>Slots of the block: rows · columns.</summary>
    public int SlotCount => Rows.Length * Columns.Length;
}
