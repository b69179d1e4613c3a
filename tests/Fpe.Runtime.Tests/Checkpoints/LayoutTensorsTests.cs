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

    /// <summary>Rows that read the first inputs.</summary>
    private static EdgeLayout Rows(int inputs, params int[] columns) => EdgeLayout.OfBlocks(
        EdgeStructure.OwnPartition, columns.Length, inputs, [.. columns.Select((count, row) => (new[] { row }, Enumerable.Range(0, count).ToArray()))]);
}
