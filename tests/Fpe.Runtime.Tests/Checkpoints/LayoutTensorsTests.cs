using Fpe.Checkpoints;
using Fpe.Compute;

namespace Fpe.Runtime.Tests.Checkpoints;

/// <summary>Index data are flags, a bit for each input, or lists, whichever take fewer bytes.</summary>
public sealed class LayoutTensorsTests
{
    [Theory]
    [InlineData(800, 49, true)] // 49 · 2 + 1 bytes against 100
    [InlineData(800, 50, false)]
    [InlineData(808, 50, false)] // 101 bytes each
    [InlineData(4112, 256, false)] // 256 · 2 + 2 bytes against 514: a count of 256 takes two
    [InlineData(4120, 256, true)]
    [InlineData(4112, 255, true)]
    public void Lists_take_the_place_of_flags_if_they_are_smaller(int inputs, int columns, bool hasLists) =>
        Assert.Equal(hasLists, LayoutTensors.HasLists(Rows(inputs, columns)));

    [Fact]
    public void A_dense_layer_has_no_lists() => Assert.False(LayoutTensors.HasLists(EdgeLayout.Dense(1, 10_000)));

    [Fact]
    public void Counts_take_the_format_of_the_largest()
    {
        Tensor[] tensors = [.. new LayoutTensors("w").Of(Rows(100_000, 256, 1))];
        Assert.Equal([("w_column_indices", TensorType.U32, 257L), ("w_column_counts", TensorType.U16, 2L)], tensors.Select(tensor => (tensor.Name, tensor.Type, tensor.Shape[0])));
        Assert.Equal(TensorType.U8, new LayoutTensors("w").Of(Rows(100_000, 255, 1)).Last().Type);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Blocks_may_be_from_one_to_as_many_as_rows(int blocks)
    {
        int rows = 4 / blocks;
        EdgeLayout layout = EdgeLayout.OfBlocks(
            EdgeStructure.SharedBlocks, 4, 9, [.. Enumerable.Range(0, blocks).Select(b => (Enumerable.Range(b * rows, rows).ToArray(), new[] { b, 8 }))]);

        EdgeLayout read = Read(EdgeStructure.SharedBlocks, 4, 9, [.. new LayoutTensors("w").Of(layout)]);

        Assert.Equal(blocks, read.BlockCount);
        for (int b = 0; b < blocks; b++)
        {
            Assert.Equal(layout.Block(b).Rows, read.Block(b).Rows);
            Assert.Equal(layout.Block(b).Columns, read.Block(b).Columns);
        }
    }

    [Theory]
    [InlineData(0, "tensor w_columns has 0 blocks, but 2 rows can form only 1 to 2.")]
    [InlineData(3, "tensor w_columns has 3 blocks, but 2 rows can form only 1 to 2.")]
    public void Blocks_that_rows_cannot_form_are_refused(int blocks, string problem) => Refused(
        problem, EdgeStructure.SharedBlocks, 2, 8, new TensorOf<byte>("w_columns", TensorType.U8, [blocks, 1], new byte[blocks]));

    [Fact]
    public void Rows_of_their_own_have_a_block_each() => Refused(
        "tensor w_columns is [1, 1], but [2, 1] is expected.", EdgeStructure.OwnPartition, 2, 8, new TensorOf<byte>("w_columns", TensorType.U8, [1, 1], [1]));

    /// <summary>A small file can describe a layer that no memory holds.</summary>
    [Fact]
    public void More_slots_than_an_array_has_are_refused()
    {
        var columns = new byte[50_000 / 8];
        Array.Fill(columns, byte.MaxValue);
        Refused(
            "tensor w_columns describes 2500000000 slots, but the maximum is 2147483591.", EdgeStructure.SharedBlocks, 50_000, 50_000,
            new TensorOf<byte>("w_columns", TensorType.U8, [1, columns.Length], columns), new TensorOf<byte>("w_blocks", TensorType.U8, [50_000], new byte[50_000]));
    }

    private static void Refused(string problem, EdgeStructure structure, int outputs, int inputs, params Tensor[] tensors) =>
        Assert.Equal($"x: {problem}", Assert.Throws<CheckpointMismatchException>(() => Read(structure, outputs, inputs, tensors)).Message);

    private static EdgeLayout Read(EdgeStructure structure, int outputs, int inputs, Tensor[] tensors)
    {
        using var file = new MemoryStream();
        new SafetensorsWriter("x", [new(FileKeys.Structure + "w", structure.ToString())], tensors).Write(file);
        using var reader = new SafetensorsReader(new MemoryStream(file.ToArray()), "x");
        return new LayoutTensors("w").Read(reader, outputs, inputs);
    }

    /// <summary>Rows that read the first inputs.</summary>
    private static EdgeLayout Rows(int inputs, params int[] columns) => EdgeLayout.OfBlocks(
        EdgeStructure.OwnPartition, columns.Length, inputs, [.. columns.Select((count, row) => (new[] { row }, Enumerable.Range(0, count).ToArray()))]);
}
