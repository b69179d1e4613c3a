using System.Collections;
using System.Runtime.CompilerServices;

namespace Fpe.Compute;

/// <summary>
/// The edges of a layer. A layout holds only structure: weights, gradients and moments are arrays over its slots, and whether an edge
/// exists is never inferred from a value (an existing weight may be exactly 0).
/// </summary>
/// <remarks>
/// Rows are outputs and columns are inputs, as in a weight matrix [out, in]. Each row belongs to exactly one <see cref="EdgeBlock"/>; slots
/// are numbered block by block, and row by row within a block. A pruned edge of a block of several rows leaves a hole: a slot without an
/// edge, where all arrays hold exactly 0. Layouts are immutable.
/// </remarks>
public sealed class EdgeLayout
{
    private readonly int[] rows;
    private readonly int[] columns;
    private readonly int[] rowStarts;
    private readonly int[] columnStarts;
    private readonly int[] slotStarts;
    private readonly BitArray? kept;

    private EdgeLayout(
        EdgeStructure structure, int outputCount, int inputCount,
        int[] rows, int[] rowStarts, int[] columns, int[] columnStarts, BitArray? kept)
    {
        Structure = structure;
        OutputCount = outputCount;
        InputCount = inputCount;
        this.rows = rows;
        this.rowStarts = rowStarts;
        this.columns = columns;
        this.columnStarts = columnStarts;

        slotStarts = new int[rowStarts.Length];
        for (int b = 0; b < BlockCount; b++)
        {
            long slots = slotStarts[b] + ((long)(rowStarts[b + 1] - rowStarts[b]) * (columnStarts[b + 1] - columnStarts[b]));
            if (slots > Array.MaxLength)
                throw new ArgumentException($"Blocks 0 to {b} have {slots} slots, more than an array can hold ({Array.MaxLength}).", nameof(columnStarts));
            slotStarts[b + 1] = (int)slots;
        }

        if (kept is not null && kept.Length != SlotCount)
            throw new ArgumentException($"{kept.Length} flags do not match {SlotCount} slots.", nameof(kept));
        EdgeCount = kept is null ? SlotCount : CountSet(kept);
        this.kept = EdgeCount == SlotCount ? null : kept;
    }

    /// <summary>The shape of the layout.</summary>
    public EdgeStructure Structure { get; }

    /// <summary>Number of outputs of the layer: rows of the weight matrix.</summary>
    public int OutputCount { get; }

    /// <summary>Number of inputs of the layer: columns of the weight matrix.</summary>
    public int InputCount { get; }

    /// <summary>Number of blocks.</summary>
    public int BlockCount => rowStarts.Length - 1;

    /// <summary>Length of an array over this layout: edges and holes.</summary>
    public int SlotCount => slotStarts[^1];

    /// <summary>Number of edges: the layer's non-zero weights.</summary>
    public int EdgeCount { get; }

    /// <summary>Whether some slots hold no edge.</summary>
    public bool HasHoles => kept is not null;

    /// <summary>Size of the layout's index data, in bytes.</summary>
    internal long IndexBytes =>
        sizeof(int) * ((long)rows.Length + columns.Length + rowStarts.Length + columnStarts.Length + slotStarts.Length) + (kept?.Length ?? 0) / 8;

    /// <summary>Returns a block.</summary>
    /// <param name="index">From 0 to <see cref="BlockCount"/> − 1.</param>
    public EdgeBlock Block(int index) => new(
        rows.AsSpan(rowStarts[index]..rowStarts[index + 1]),
        columns.AsSpan(columnStarts[index]..columnStarts[index + 1]),
        slotStarts[index]);

    /// <summary>Returns whether a slot holds an edge.</summary>
    public bool IsKept(int slot) => kept is null || kept[slot];

    /// <summary>Creates the layout of a dense layer.</summary>
    public static EdgeLayout Dense(int outputCount, int inputCount) => new(
        EdgeStructure.Dense, outputCount, inputCount,
        Range(outputCount), [0, outputCount], Range(inputCount), [0, inputCount], kept: null);

    /// <summary>Creates a layout of blocks.</summary>
    /// <param name="structure">The structure that kernels may assume.</param>
    /// <param name="outputCount">Outputs of the layer.</param>
    /// <param name="inputCount">Inputs of the layer.</param>
    /// <param name="blocks">Rows and ascending columns of each block; all rows together are 0 … <paramref name="outputCount"/> − 1.</param>
    /// <param name="kept">Which slots hold an edge; null for all.</param>
    /// <exception cref="ArgumentException">A row is missing or in two blocks, an index is out of range, or columns do not ascend.</exception>
    public static EdgeLayout OfBlocks(
        EdgeStructure structure, int outputCount, int inputCount, IReadOnlyList<(int[] Rows, int[] Columns)> blocks, BitArray? kept = null)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        var rowStarts = new int[blocks.Count + 1];
        var columnStarts = new int[blocks.Count + 1];
        for (int b = 0; b < blocks.Count; b++)
        {
            rowStarts[b + 1] = rowStarts[b] + blocks[b].Rows.Length;
            if (blocks[b].Columns.Length > Array.MaxLength - columnStarts[b])
                throw new ArgumentException($"Blocks 0 to {b} have more columns than an array can hold ({Array.MaxLength}).", nameof(blocks));
            columnStarts[b + 1] = columnStarts[b] + blocks[b].Columns.Length;
        }

        var rows = new int[rowStarts[^1]];
        var columns = new int[columnStarts[^1]];
        var seen = new BitArray(outputCount);
        for (int b = 0; b < blocks.Count; b++)
        {
            CheckRows(b, blocks[b].Rows, seen);
            CheckColumns(b, blocks[b].Columns, inputCount);
            blocks[b].Rows.CopyTo(rows, rowStarts[b]);
            blocks[b].Columns.CopyTo(columns, columnStarts[b]);
        }

        if (rows.Length != outputCount)
            throw new ArgumentException($"The blocks have {rows.Length} rows in total, but the layer has {outputCount}.", nameof(blocks));
        return new EdgeLayout(structure, outputCount, inputCount, rows, rowStarts, columns, columnStarts, kept);
    }

    /// <summary>Returns the same blocks with fewer edges; removed edges become holes.</summary>
    /// <param name="kept">Which slots still hold an edge: <see cref="SlotCount"/> flags.</param>
    internal EdgeLayout WithHoles(BitArray kept) =>
        new(Structure, OutputCount, InputCount, rows, rowStarts, columns, columnStarts, kept);

    /// <summary>
    /// Returns the edges of a layer in groups over the inputs of all groups: the rows of group g read the g-th part of them. Slots keep their
    /// numbers.
    /// </summary>
    /// <param name="groups">Number of groups; divides the rows. Columns of this layout are those of a group.</param>
    internal EdgeLayout AcrossGroups(int groups)
    {
        if (groups == 1)
            return this;
        int groupRows = OutputCount / groups;
        var blocks = new List<(int[] Rows, int[] Columns)>();
        for (int b = 0; b < BlockCount; b++)
        {
            EdgeBlock block = Block(b);
            for (int first = 0, end; first < block.Rows.Length; first = end)
            {
                int group = block.Rows[first] / groupRows;
                for (end = first + 1; end < block.Rows.Length && block.Rows[end] / groupRows == group;)
                    end++;
                int[] columns = block.Columns.ToArray();
                for (int c = 0; c < columns.Length; c++)
                    columns[c] += group * InputCount;
                blocks.Add((block.Rows[first..end].ToArray(), columns));
            }
        }

        EdgeStructure structure = Structure == EdgeStructure.Dense ? EdgeStructure.SharedBlocks : Structure;
        return OfBlocks(structure, OutputCount, checked(groups * InputCount), blocks, kept);
    }

    private static void CheckRows(int block, int[] rows, BitArray seen)
    {
        foreach (int row in rows)
        {
            if ((uint)row >= (uint)seen.Length)
                throw new ArgumentException($"Block {block} has row {row}, but the layer has rows 0 to {seen.Length - 1}.", nameof(rows));
            if (seen[row])
                throw new ArgumentException($"Row {row} of block {block} is also in another block.", nameof(rows));
            seen[row] = true;
        }
    }

    private static void CheckColumns(int block, int[] columns, int inputCount)
    {
        int previous = -1;
        foreach (int column in columns)
        {
            if (column <= previous || column >= inputCount)
                throw new ArgumentException($"Block {block} has column {column} after {previous}; columns must ascend from 0 to {inputCount - 1}.", nameof(columns));
            previous = column;
        }
    }

    private static int[] Range(int count) => [.. Enumerable.Range(0, count)];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int CountSet(BitArray bits)
    {
        int count = 0;
        for (int i = 0; i < bits.Length; i++)
            count += bits[i] ? 1 : 0;
        return count;
    }
}
