using Fpe.Compute;
using Fpe.Onnx.Graph;
using Fpe.Onnx.Schema;

namespace Fpe.Onnx.Layers;

/// <summary>Blocks of a layer that are written with one shape, [rows, columns].</summary>
internal sealed class BlockShape
{
    private readonly EdgeLayout edges;
    private readonly int[] blocks;

    private BlockShape(EdgeLayout edges, int[] blocks)
    {
        this.edges = edges;
        this.blocks = blocks;
        ReadOnlySpan<int> first = edges.Block(blocks[0]).Rows;
        Rows = first.Length;
        Columns = blocks.Max(b => edges.Block(b).Columns.Length);

        int step = Rows > 1 ? first[1] - first[0] : 1;
        Turns = step > 0 && blocks.Length % step == 0 ? step : 1;
    }

    /// <summary>The number of blocks.</summary>
    public int Count => blocks.Length;

    /// <summary>Rows of a block.</summary>
    public int Rows { get; }

    /// <summary>Columns of a block.</summary>
    public int Columns { get; }

    /// <summary>How many blocks take turns in the layer's rows, as the children of a neuron do; 1 if the rows of a block adjoin.</summary>
    public int Turns { get; }

    /// <summary>Numbers that are stored for the weights.</summary>
    public long StoredValues => (long)Count * Rows * Columns;

    /// <summary>
    /// The blocks of a layer by shape, in the order in which the shapes first occur. If columns differ a little, as those of partitions
    /// that do not divide the inputs, all blocks get the width of the widest.
    /// </summary>
    public static BlockShape[] Of(EdgeLayout edges) =>
    [
        .. Enumerable.Range(0, edges.BlockCount)
            .GroupBy(b => edges.Block(b).Rows.Length)
            .SelectMany(rows => new BlockShape(edges, [.. rows]) is { WidensLittle: true } shape
                ? [shape]
                : rows.GroupBy(b => edges.Block(b).Columns.Length).Select(same => new BlockShape(edges, [.. same]))),
    ];

    /// <summary>Returns the weights of the blocks: [blocks, rows, columns].</summary>
    /// <param name="slots">The weights of the layer, one per slot.</param>
    public T[] Fill<T>(T[] slots)
    {
        var values = new T[StoredValues];
        for (int row = 0; row < Count * Rows; row++)
        {
            EdgeBlock block = edges.Block(blocks[row / Rows]);
            int columns = block.Columns.Length;
            slots.AsSpan(block.FirstSlot + (row % Rows * columns), columns).CopyTo(values.AsSpan(row * Columns));
        }

        return values;
    }

    /// <summary>Returns the row of the layer that each row of the blocks is: [blocks, rows].</summary>
    public IEnumerable<int> Order() => blocks.SelectMany(b => edges.Block(b).Rows.ToArray());

    /// <summary>The inputs that the blocks read, as a constant [blocks, columns]. What widens a block is its last input again, with weights of 0.</summary>
    /// <param name="name">Its name.</param>
    public TensorProto Inputs(string name)
    {
        var values = new int[Count * Columns];
        for (int b = 0; b < Count; b++)
        {
            ReadOnlySpan<int> columns = edges.Block(blocks[b]).Columns;
            columns.CopyTo(values.AsSpan(b * Columns));
            values.AsSpan((b * Columns) + columns.Length, Columns - columns.Length).Fill(columns.IsEmpty ? 0 : columns[^1]);
        }

        return Constant.Of(name, values, Count, Columns);
    }

    /// <summary>The rows of the layer in the order of the product: row by row, the blocks that take turns one after another.</summary>
    public IEnumerable<int> RowsInTurns() =>
        from first in Enumerable.Range(0, Count / Turns)
        from row in Enumerable.Range(0, Rows)
        from turn in Enumerable.Range(0, Turns)
        select edges.Block(blocks[(first * Turns) + turn]).Rows[row];

    private bool WidensLittle => StoredValues - blocks.Sum(b => (long)edges.Block(b).SlotCount) <= StoredValues / 16;
}
