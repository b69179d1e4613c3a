using System.Collections;
using Fpe.Compute;

namespace Fpe.Checkpoints;

/// <summary>
/// The edges of a weight as tensors: <c>_columns</c>, a flag for each block and column that it reads; <c>_blocks</c>, the block of each
/// row, if blocks have several rows; <c>_mask</c>, a flag for each slot, row by row, that is set if pruning left the edge. Obvious data is
/// omitted: a single block, one block per row, no holes. Column flags grow with blocks × inputs, even if there are few edges. If lists are
/// smaller, they are used instead: <c>_column_indices</c>, the columns of all blocks, and <c>_column_counts</c>, the number of columns of
/// each block. A mask exists only if pruning left many of few slots.
/// </summary>
/// <param name="weight">The name of the weight, such as <c>hidden.weight</c>.</param>
internal sealed class LayoutTensors(string weight)
{
    /// <summary>Returns the possible names of the index data of a weight.</summary>
    public static IEnumerable<string> Names(string weight)
    {
        var own = new LayoutTensors(weight);
        return [own.Columns, own.ColumnIndices, own.ColumnCounts, own.Blocks, own.Mask];
    }

    private string Columns => weight + "_columns";

    private string ColumnIndices => weight + "_column_indices";

    private string ColumnCounts => weight + "_column_counts";

    private string Blocks => weight + "_blocks";

    private string Mask => weight + "_mask";

    /// <summary>Returns whether columns are stored as lists.</summary>
    public static bool HasLists(EdgeLayout layout) => layout.Structure != EdgeStructure.Dense && ListsColumns(layout);

    /// <summary>Returns the tensors of a layout whose rows are in ascending order in every block.</summary>
    public IEnumerable<Tensor> Of(EdgeLayout layout)
    {
        if (layout.Structure != EdgeStructure.Dense)
        {
            foreach (Tensor tensor in ListsColumns(layout) ? ColumnListsOf(layout) : [ColumnsOf(layout)])
                yield return tensor;
        }

        if (layout.Structure == EdgeStructure.SharedBlocks)
            yield return BlocksOf(layout);
        if (layout.HasHoles)
            yield return MaskOf(layout);
    }

    /// <summary>Reads a layout.</summary>
    /// <param name="reader">The file.</param>
    /// <param name="outputs">The number of outputs of the layer.</param>
    /// <param name="inputs">The number of inputs of the layer.</param>
    /// <exception cref="CheckpointMismatchException">A tensor is missing, or its content is invalid.</exception>
    public EdgeLayout Read(SafetensorsReader reader, int outputs, int inputs)
    {
        EdgeStructure structure = ReadStructure(reader);
        EdgeLayout layout = structure == EdgeStructure.Dense ? EdgeLayout.Dense(outputs, inputs) : ReadBlocks(reader, structure, outputs, inputs);
        return reader.Tensors.ContainsKey(Mask) ? layout.WithHoles(ReadMask(reader, layout)) : layout;
    }

    private static EdgeStructure? Parse(string? name) => name switch
    {
        nameof(EdgeStructure.Dense) => EdgeStructure.Dense,
        nameof(EdgeStructure.SharedBlocks) => EdgeStructure.SharedBlocks,
        nameof(EdgeStructure.OwnPartition) => EdgeStructure.OwnPartition,
        nameof(EdgeStructure.Sparse) => EdgeStructure.Sparse,
        _ => null,
    };

    private static bool ListsColumns(EdgeLayout layout)
    {
        (long columns, int most) = (0, 0);
        for (int b = 0; b < layout.BlockCount; b++)
        {
            int count = layout.Block(b).Columns.Length;
            (columns, most) = (columns + count, Math.Max(most, count));
        }

        long lists = (columns * TensorTypes.ForIndicesBelow(layout.InputCount).Size()) + (layout.BlockCount * (long)TensorTypes.ForIndicesBelow(most + 1L).Size());
        return lists < layout.BlockCount * PackedBits.BytesFor(layout.InputCount);
    }

    private EdgeStructure ReadStructure(SafetensorsReader reader)
    {
        string? name = reader.Metadata.GetValueOrDefault(FileKeys.Structure + weight);
        return Parse(name) ?? throw new CheckpointMismatchException(
            reader.File, $"metadata {FileKeys.Structure}{weight} is {name ?? "missing"}, but must be one of {string.Join(", ", Enum.GetNames<EdgeStructure>())}.");
    }

    private TensorOf<byte> ColumnsOf(EdgeLayout layout)
    {
        int width = (int)PackedBits.BytesFor(layout.InputCount);
        var flags = new byte[layout.BlockCount * width];
        for (int b = 0; b < layout.BlockCount; b++)
        {
            foreach (int column in layout.Block(b).Columns)
                PackedBits.Set(flags.AsSpan(b * width, width), column);
        }

        return new TensorOf<byte>(Columns, TensorType.U8, [layout.BlockCount, width], flags);
    }

    private Tensor[] ColumnListsOf(EdgeLayout layout)
    {
        var indices = new List<int>();
        var counts = new int[layout.BlockCount];
        for (int b = 0; b < counts.Length; b++)
        {
            ReadOnlySpan<int> columns = layout.Block(b).Columns;
            indices.AddRange(columns);
            counts[b] = columns.Length;
        }

        return [Tensor.OfIndices(ColumnIndices, [.. indices], layout.InputCount), Tensor.OfIndices(ColumnCounts, counts, counts.Max() + 1L)];
    }

    private Tensor BlocksOf(EdgeLayout layout)
    {
        var blockOf = new int[layout.OutputCount];
        for (int b = 0; b < layout.BlockCount; b++)
        {
            foreach (int row in layout.Block(b).Rows)
                blockOf[row] = b;
        }

        return Tensor.OfIndices(Blocks, blockOf, layout.BlockCount);
    }

    private TensorOf<byte> MaskOf(EdgeLayout layout)
    {
        int[] slots = RowMajorOrder.SlotsOf(layout);
        var flags = new byte[PackedBits.BytesFor(slots.Length)];
        for (int i = 0; i < slots.Length; i++)
        {
            if (layout.IsKept(slots[i]))
                PackedBits.Set(flags, i);
        }

        return new TensorOf<byte>(Mask, TensorType.U8, [1, flags.Length], flags);
    }

    private EdgeLayout ReadBlocks(SafetensorsReader reader, EdgeStructure structure, int outputs, int inputs)
    {
        bool several = structure == EdgeStructure.SharedBlocks;
        string name = reader.Tensors.ContainsKey(ColumnCounts) ? ColumnCounts : Columns;
        int count = several ? CountBlocks(reader, name, outputs) : outputs;
        int[][] columns = name == Columns ? ReadColumns(reader, count, inputs) : ReadColumnLists(reader, count, inputs);
        int[] blockOf = several ? reader.ReadIndices(Blocks, outputs, count) : [.. Enumerable.Range(0, outputs)];

        ILookup<int, int> rowsOf = Enumerable.Range(0, outputs).ToLookup(row => blockOf[row]);
        var blocks = new (int[] Rows, int[] Columns)[count];
        long slots = 0;
        for (int b = 0; b < count; b++)
        {
            blocks[b] = ([.. rowsOf[b]], columns[b]);
            if (blocks[b].Rows.Length == 0)
                throw new CheckpointMismatchException(reader.File, $"tensor {name} has {count} blocks, but {Blocks} assigns no row to block {b}.");
            slots += (long)blocks[b].Rows.Length * blocks[b].Columns.Length;
        }

        if (slots > Array.MaxLength)
            throw new CheckpointMismatchException(reader.File, $"tensor {name} describes {slots} slots, but the maximum is {Array.MaxLength}.");
        return EdgeLayout.OfBlocks(structure, outputs, inputs, blocks);
    }

    private static int CountBlocks(SafetensorsReader reader, string name, int outputs)
    {
        long count = reader.Tensors.TryGetValue(name, out TensorEntry? tensor) && tensor.Shape.Length > 0 ? tensor.Shape[0] : 0;
        return count >= 1 && count <= outputs
            ? (int)count
            : throw new CheckpointMismatchException(reader.File, $"tensor {name} has {count} blocks, but {outputs} rows can form only 1 to {outputs}.");
    }

    private int[][] ReadColumns(SafetensorsReader reader, int count, int inputs)
    {
        byte[] flags = reader.ReadFlags(Columns, count, inputs);
        int width = (int)PackedBits.BytesFor(inputs);
        return [.. Enumerable.Range(0, count).Select(b => ColumnsIn(flags.AsSpan(b * width, width), inputs))];
    }

    private int[][] ReadColumnLists(SafetensorsReader reader, int count, int inputs)
    {
        int[] counts = reader.ReadIndices(ColumnCounts, count, inputs + 1L);
        int[] indices = reader.ReadIndices(ColumnIndices, counts.Sum(columns => (long)columns), inputs);
        var blocks = new int[count][];
        int first = 0;
        for (int b = 0; b < count; b++)
        {
            blocks[b] = indices[first..(first + counts[b])];
            first += counts[b];
            for (int i = 1; i < counts[b]; i++)
            {
                if (blocks[b][i] <= blocks[b][i - 1])
                    throw new CheckpointMismatchException(reader.File, $"tensor {ColumnIndices} has {blocks[b][i]} after {blocks[b][i - 1]} in block {b}, but columns must ascend.");
            }
        }

        return blocks;
    }

    private BitArray ReadMask(SafetensorsReader reader, EdgeLayout layout)
    {
        byte[] flags = reader.ReadFlags(Mask, rows: 1, layout.SlotCount);
        int[] slots = RowMajorOrder.SlotsOf(layout);
        var kept = new BitArray(slots.Length);
        for (int i = 0; i < slots.Length; i++)
            kept[slots[i]] = PackedBits.Get(flags, i);
        return kept;
    }

    private static int[] ColumnsIn(ReadOnlySpan<byte> flags, int inputs)
    {
        var columns = new List<int>();
        for (int column = 0; column < inputs; column++)
        {
            if (PackedBits.Get(flags, column))
                columns.Add(column);
        }

        return [.. columns];
    }
}
