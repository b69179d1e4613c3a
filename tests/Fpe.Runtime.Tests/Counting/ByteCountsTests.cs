using Fpe.Compute;
using Fpe.Counting;
using Fpe.Expansion;

namespace Fpe.Runtime.Tests.Counting;

public sealed class ByteCountsTests
{
    private const ActivationFunction Relu = ActivationFunction.Relu;

    [Fact]
    public void A_dense_chain_is_weights_biases_and_factors()
    {
        var plan = new ModelPlan("Dense", 9, [new LinearPlan("Hidden", 9, 5, Relu), new LinearPlan("Logits", 5, 3)]);
        ByteCounts number = plan.BytesInC(NumberFormat.Float), bytes = plan.BytesInC(NumberFormat.Int8);
        Assert.Equal([("Hidden", (4 * 45) + (4 * 5), true), ("Logits", (4 * 15) + (4 * 3), true)], number.Layers.Select(layer => (layer.Name, (int)layer.Tables, layer.IsExact)));
        Assert.Equal((number.Layers.Sum(layer => layer.Tables), 4 * 5, true), (number.TablesBytes, number.ScratchBytes, number.IsExact));

        // 45 weights up to 48; a bias and a multiplier a row. 15 up to 16; a bias, a scale and a multiplier a row.
        Assert.Equal([48 + (8 * 5), 16 + (12 * 3)], bytes.Layers.Select(layer => (int)layer.Tables));
        // Five bytes and three sums of four, up to 20.
        Assert.Equal((bytes.Layers.Sum(layer => layer.Tables), 20, true), (bytes.TablesBytes, bytes.ScratchBytes, bytes.IsExact));
    }

    [Fact]
    public void Functions_of_bytes_are_tables()
    {
        var plan = new ModelPlan("Functions", 4, [new ActivationPlan("Rectified", 4, Relu), new LinearPlan("Hidden", 4, 4, ActivationFunction.Tanh), new LinearPlan("Value", 4, 1)]);
        Assert.Equal([256, 16 + 32 + 256, 4 + 8], plan.BytesInC(NumberFormat.Int8).Layers.Select(layer => (int)layer.Tables));
        Assert.Equal([80, 20], plan.BytesInC(NumberFormat.Float).Layers.Select(layer => (int)layer.Tables));
        // The rectified sample and the hidden values are in memory at the same time.
        Assert.Equal((8, 32), (plan.BytesInC(NumberFormat.Int8).ScratchBytes, plan.BytesInC(NumberFormat.Float).ScratchBytes));
    }

    /// <summary>An activation by itself is computed with the layer before it, unless that has one already.</summary>
    [Theory]
    [InlineData(ActivationFunction.Identity, ActivationFunction.Relu, 16 + 32, null)]
    [InlineData(ActivationFunction.Identity, ActivationFunction.Tanh, 16 + 32 + 256, null)]
    [InlineData(ActivationFunction.Tanh, ActivationFunction.Relu, 16 + 32 + 256, 256)]
    public void Activations_by_themselves_belong_to_the_layer_before(ActivationFunction own, ActivationFunction next, int hidden, int? table)
    {
        var plan = new ModelPlan("Parts", 4, [new LinearPlan("Hidden", 4, 4, own), new DropoutPlan("Noise", 4, 0.5), new ActivationPlan("Function", 4, next), new LinearPlan("Value", 4, 1)]);
        ByteCounts bytes = plan.BytesInC(NumberFormat.Int8);
        int[] expected = [hidden, .. table is { } separate ? new[] { separate } : [], 4 + 8];
        Assert.Equal(expected, bytes.Layers.Select(layer => (int)layer.Tables));
        Assert.Equal((expected.Sum(), true), ((int)bytes.TablesBytes, bytes.IsExact));
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(4, 2)]
    [InlineData(5, 4)]
    [InlineData(16, 4)]
    [InlineData(17, 8)]
    public void Siblings_take_as_few_bits_an_edge_as_tell_children_apart(int factor, int bits)
    {
        // Dealt outputs leave nothing to prune, so that the structure is exact.
        var plan = new ModelPlan("Siblings", 64, [Expanded("Hidden", 64, 4, factor, share: 1, Outgoing.Deal), new LinearPlan("Logits", 4, 32)]);
        LayerBytes hidden = plan.BytesInC(NumberFormat.Int8).Layers[0];
        Assert.Equal((256 + (256 * bits / 8) + (8 * 4 * factor), true), (hidden.Tables, hidden.IsExact));
    }

    [Fact]
    public void Neurons_that_share_a_partition_share_its_columns()
    {
        // 64 neurons in 2 groups of 32: each has the 300 columns once, in 16 bits, and the sizes of 4 blocks.
        var plan = new ModelPlan("Blocks", 300, [Expanded("Hidden", 300, 64, 4, share: 32, Outgoing.Deal), new LinearPlan("Logits", 64, 10)]);
        LayerBytes hidden = plan.BytesInC(NumberFormat.Int8).Layers[0];
        Assert.Equal(((64 * 300) + (2 * 300 * 2) + (8 * 4) + (8 * 256), true), (hidden.Tables, hidden.IsExact));
    }

    [Fact]
    public void The_digits_net_is_a_bound()
    {
        var plan = new ModelPlan("Digits", 64, [Expanded("Hidden", 64, 4, 4, share: 1, Outgoing.Prune), new LinearPlan("Logits", 4, 10)]);
        ByteCounts bytes = plan.BytesInC(NumberFormat.Int8);
        // Of 416 edges 296 remain: at least 128 and 20 in a layer, so at most 276 in one. All 256 of the first can remain: two bits each and a
        // bit for each column of each neuron. Of the last: two bytes of bits a row. Up to six bytes are lost to the next multiple of 4.
        int hidden = 64 + 32 + 6 + (8 * 16), logits = 20 + 6 + (12 * 10);
        Assert.False(bytes.IsExact);
        Assert.Equal(296 + hidden + logits, bytes.TablesBytes);
        Assert.Equal([256 + hidden, 160 + logits], bytes.Layers.Select(layer => (int)layer.Tables));
        Assert.Equal(16 + 40, bytes.ScratchBytes);
    }

    [Fact]
    public void Learned_edges_take_a_byte_each_where_they_are_few()
    {
        var learned = new ExpansionPlan(4, Split.Learned);
        var plan = new ModelPlan("Learned", 784, [new LinearPlan("Hidden", 784, 64, Relu) { Expansion = learned }, new LinearPlan("Logits", 64, 10)], budget: 12_704);
        ByteCounts bytes = plan.BytesInC(NumberFormat.Int8);
        // A byte for each edge and for the end of each of 256 rows, and three leaps over 254 of 784 columns.
        long hidden = 12_704 - 10 + 256 + (256 * 3), most = 256 * 98;
        Assert.True(hidden < most);
        // Tables begin at multiples of 4.
        Assert.InRange(bytes.Layers[0].Tables - (12_704 - 10 + hidden + (8 * 256)), 0, 12);
        Assert.InRange(bytes.TablesBytes, 12_704, 32 * 1024);
    }

    [Fact]
    public void Values_lie_at_the_two_ends_of_the_scratch_memory_in_turn()
    {
        Assert.Equal(4, ByteCounts.ScratchOf([], 1, NumberFormat.Float));
        Assert.Equal(4 * 7, ByteCounts.ScratchOf([7], 10, NumberFormat.Float));
        Assert.Equal(4 * 20, ByteCounts.ScratchOf([7, 3, 17, 2], 10, NumberFormat.Float));
        Assert.Equal(44, ByteCounts.ScratchOf([7, 3, 17, 2], 10, NumberFormat.Int8));
        Assert.Equal(20, ByteCounts.ScratchOf([7, 3, 17, 2], 1, NumberFormat.Int8));
    }

    [Fact]
    public void Layers_that_C_does_not_have_are_named()
    {
        var norm = new ModelPlan("Norm", 4, [new LinearPlan("Hidden", 4, 4, Relu), new BatchNormPlan("Norm", 4), new LinearPlan("Logits", 4, 2)]);
        Assert.Null(norm.WhyNotC(NumberFormat.Float));
        Assert.Equal("Norm", norm.WhyNotC(NumberFormat.Int8)!.Value.Layer.Name);
        var folded = new ModelPlan("Norm", 4, [new LinearPlan("Hidden", 4, 4), new BatchNormPlan("Norm", 4), new LinearPlan("Logits", 4, 2)]);
        Assert.Null(folded.WhyNotC(NumberFormat.Int8));
        Assert.Equal(["Hidden", "Logits"], folded.BytesInC(NumberFormat.Float).Layers.Select(layer => layer.Name));
        var sum = new ModelPlan("Sum", 4, [new LinearPlan("Hidden", 4, 4), new AddPlan("Sum", 4) { From = ["Hidden", ModelPlan.Sample] }]);
        Assert.Equal("Sum", sum.WhyNotC(NumberFormat.Float)!.Value.Layer.Name);
        var image = new ModelPlan("Image", 16, [new Conv2dPlan("Filters", new ImageShape(1, 4, 4), 2, 3), new FlattenPlan("Flat", new ImageShape(2, 2, 2)), new LinearPlan("Logits", 8, 2)]);
        (LayerPlan layer, string problem) = image.WhyNotC(NumberFormat.Float)!.Value;
        Assert.Equal("Filters", layer.Name);
        Assert.Contains("Conv2d", problem, StringComparison.Ordinal);
    }

    private static LinearPlan Expanded(string name, int inputs, int neurons, int factor, int share, Outgoing outgoing) =>
        new(name, inputs, neurons, Relu) { Expansion = new ExpansionPlan(factor, Split.Random, share, outgoing) };
}
