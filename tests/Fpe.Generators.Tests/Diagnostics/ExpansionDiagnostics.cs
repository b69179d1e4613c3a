using Fpe.Generators.Tests.Support;
using static Fpe.Generators.Tests.Support.Diagnose;

namespace Fpe.Generators.Tests.Diagnostics;

public sealed class ExpansionDiagnostics
{
    private const string Logits = "[Linear(10)] public partial Linear Logits { get; }";

    [Theory]
    [InlineData("0")]
    [InlineData("-4")]
    public Task FPE0011_factor_below_one(string factor) => Reports(
        Net("[Model(64)]", Hidden($"Relu, Expand({factor})"), Logits),
        new Expected("FPE0011", factor, $"Net.Hidden: factor {factor} is below 1; use 1 to keep a layer dense, or at least 2 to expand it"));

    [Fact]
    public Task FPE0011_in_two_layers() => Reports(
        Net("[Model(64)]", Hidden("Relu, Expand(0)"), "[Linear(4), Relu, Expand(-4)] public partial Linear Middle { get; }", Logits),
        new Expected("FPE0011", "0", "Net.Hidden: factor 0 is below 1; use 1 to keep a layer dense, or at least 2 to expand it"),
        new Expected("FPE0011", "-4", "Net.Middle: factor -4 is below 1; use 1 to keep a layer dense, or at least 2 to expand it"));

    [Fact]
    public Task FPE0012_with_arguments_in_another_order() => Reports(
        Net("[Model(64)]", Hidden("Relu, Expand(strategy: Split.Random, factor: 65)"), Logits),
        new Expected("FPE0012", "65", "Net.Hidden: factor 65 is larger than its 64 inputs, so a child would have no weights; the largest factor that fits is 64"));

    [Fact]
    public Task FPE0012_factor_above_the_fan_in() => Reports(
        """
        [Model(inputs: 64)]
        public sealed partial class DigitsNet
        {
            [Linear(4), Relu, Expand(factor: 65, strategy: Split.Random)]
            public partial Linear Hidden { get; }

            [Linear(10)]
            public partial Linear Logits { get; }
        }
        """,
        new Expected("FPE0012", "65", "DigitsNet.Hidden: factor 65 is larger than its 64 inputs, so a child would have no weights; the largest factor that fits is 64"));

    [Fact]
    public Task FPE0012_by_the_default_of_the_class() => Reports(
        Net("[Model(64), Expand(8)]", Hidden("Relu"), "[Linear(16)] public partial Linear Middle { get; }", Logits),
        new Expected("FPE0012", "8", "Net.Middle: factor 8 is larger than its 4 inputs, so a child would have no weights; the largest factor that fits is 4"));

    [Theory]
    [InlineData(46_340)]
    [InlineData(46_341)]
    public Task FPE0055_pairs_of_features_that_no_array_holds(int inputs) => Reports(
        Net($"[Model({inputs})]", Hidden("Relu, Expand(2, Split.Feature)"), Logits),
        inputs == 46_340 ? [] : [new Expected("FPE0055", "Split.Feature", "Net.Hidden: Split.Feature compares all pairs of 46341 inputs, but the maximum is 46340 inputs; use Split.Random")]);

    [Fact]
    public Task FPE0013_deal_above_the_next_layer() => Reports(
        Net("[Model(64)]", Hidden("Relu, Expand(16, Outgoing = Outgoing.Deal)"), Logits),
        new Expected("FPE0013", "16", "Net.Hidden: factor 16 is larger than the 10 neurons of Logits, so with Outgoing.Deal a child would have no reader; the largest factor that fits is 10"));

    [Fact]
    public Task FPE0018_output_layer() => Reports(
        Net("[Model(64)]", "[Linear(10), Expand(2)] public partial Linear Logits { get; }"),
        new Expected("FPE0018", "Expand(2)", "Net.Logits: the output layer cannot be expanded, because its neurons are the model's outputs; remove [Expand]"));

    [Theory]
    [InlineData("Expand(2, (Split)7)", "(Split)7", "Split; use Split.Random, Split.Clause, Split.Feature or Split.Learned")]
    [InlineData("Expand(2, Outgoing = (Outgoing)2)", "(Outgoing)2", "Outgoing; use Outgoing.Prune or Outgoing.Deal")]
    public Task FPE0019_undefined_value(string expand, string value, string remedy) => Reports(
        Net("[Model(64)]", Hidden("Relu, " + expand), Logits),
        new Expected("FPE0019", value, $"Net.Hidden: {value} is not a value of {remedy}"));

    [Fact]
    public Task FPE0026_uneven_children() => Reports(
        Net("[Model(64)]", Hidden("Relu, Expand(factor: 3)"), Logits),
        new Expected("FPE0026", "3", "Net.Hidden: factor 3 does not divide its 64 inputs, so a neuron's children have 1 × 22 and 2 × 21 inputs; the nearest factors that divide are 2 and 4"));

    [Theory]
    [InlineData(11, 3, "2 × 4 and 1 × 3", "no factor that fits gives equal children of at least 2 inputs; use 9 or 12 inputs, or suppress this if uneven children are intended")]
    [InlineData(11, 7, "4 × 2 and 3 × 1", "no factor that fits gives equal children of at least 2 inputs; use 14 inputs, or suppress this if uneven children are intended")]
    [InlineData(10, 7, "3 × 2 and 4 × 1", "the nearest factor that divides is 5")]
    [InlineData(9, 2, "1 × 5 and 1 × 4", "the nearest factor that divides is 3")]
    [InlineData(100, 9, "1 × 12 and 8 × 11", "the nearest factors that divide are 5 and 10")]
    public Task FPE0026_suggests_what_helps(int inputs, int factor, string children, string remedy) => Reports(
        Net($"[Model({inputs})]", Hidden($"Relu, Expand({factor}, Outgoing = Outgoing.Deal)"), Logits),
        new Expected("FPE0026", $"{factor}", $"Net.Hidden: factor {factor} does not divide its {inputs} inputs, so a neuron's children have {children} inputs; {remedy}"));

    [Fact]
    public Task FPE0026_suggests_no_factor_that_readers_forbid() => Reports(
        Net("[Model(9)]", Hidden("Relu, Expand(2, Outgoing = Outgoing.Deal)"), "[Linear(2)] public partial Linear Logits { get; }"),
        new Expected("FPE0026", "2", "Net.Hidden: factor 2 does not divide its 9 inputs, so a neuron's children have 1 × 5 and 1 × 4 inputs; no factor that fits gives equal children of at least 2 inputs; use 8 or 10 inputs, or suppress this if uneven children are intended"));

    [Fact]
    public Task FPE0026_suggests_any_factor_if_all_readers_read_all_children() => Reports(
        Net("[Model(9)]", Hidden("Relu, Expand(2)"), "[Linear(2)] public partial Linear Logits { get; }"),
        new Expected("FPE0026", "2", "Net.Hidden: factor 2 does not divide its 9 inputs, so a neuron's children have 1 × 5 and 1 × 4 inputs; the nearest factor that divides is 3"));

    [Fact]
    public Task FPE0026_is_not_reported_for_groups() => Reports(
        Net("[Model(64)]", Hidden("Relu, Expand(3, Split.Feature)"), Logits));

    [Fact]
    public Task FPE0027_deal_to_shared_readers() => Reports(
        Net("[Model(64)]", Hidden("Relu, Expand(4, Outgoing = Outgoing.Deal)"), "[Linear(32), Relu, Expand(2, Share = 16)] public partial Linear Middle { get; }", Logits),
        new Expected("FPE0027", "4", "Net.Hidden: its 4 children can be read by only 2 groups of neurons in Middle (Share = 16), so some children must lose all their outputs; lower the factor to 2, or Share of Middle to 8"));

    /// <summary>With factor 1, there are no children that a reader would have to tell apart.</summary>
    [Theory]
    [InlineData("[Model(3, 8, 8), NonZeroBudget(200)]", "[Conv2d(4, 3), Relu, Expand(1, Split.Learned)] public partial Conv2d Edges { get; } [DepthwiseConv2d(3), Relu] public partial DepthwiseConv2d Next { get; } [Flatten] public partial Flatten Flat { get; }")]
    [InlineData("[Model(tokens: 3, vocabulary: 9), NonZeroBudget(40)]", "[Embedding(4)] public partial Embedding Words { get; } [Linear(12), Relu, Expand(1, Split.Learned)] public partial Linear Queries { get; } [SelfAttention(2)] public partial SelfAttention Attention { get; } [MeanPool] public partial MeanPool Mean { get; }")]
    public Task Every_layer_reads_one_that_learns_its_edges_with_factor_1(string model, string layers) => Reports(
        Net(model, layers, "[Linear(2)] public partial Linear Logits { get; }"));

    /// <summary>The reader with most groups decides.</summary>
    [Fact]
    public Task One_reader_for_all_children_is_enough() => Reports(
        Net(
            "[Model(64)]", Hidden("Relu, Expand(4, Outgoing = Outgoing.Deal)"),
            "[Linear(32), Relu, Expand(2, Share = 16)] public partial Linear Few { get; }", "[Linear(32, From = nameof(Hidden)), Relu] public partial Linear Many { get; }",
            "[Concat(nameof(Few), nameof(Many))] public partial Concat Both { get; }", Logits));

    [Fact]
    public Task FPE0027_too_few_weights_after_pruning() => Reports(
        Net("[Model(4, CountBiases = true)]", "[Linear(1), Relu, Expand(4)] public partial Linear Hidden { get; }", "[Linear(2)] public partial Linear Output { get; }"),
        new Expected("FPE0027", "Net", "Net: its 4 children share 3 weights after pruning, so some children must lose all their outputs; lower the factors"));

    [Theory]
    [InlineData("Expand(1, Split.Random)", "Split.Random", "strategy")]
    [InlineData("Expand(1, Share = 2)", "Share = 2", "Share")]
    [InlineData("Expand(1, Outgoing = Outgoing.Deal)", "Outgoing = Outgoing.Deal", "Outgoing")]
    public Task FPE0028_option_of_a_dense_layer(string expand, string squiggle, string option) => Reports(
        Net("[Model(64)]", Hidden("Relu, " + expand), Logits),
        new Expected("FPE0028", squiggle, $"Net.Hidden: {option} has no effect, because factor 1 keeps the layer dense; remove it"));

    [Fact]
    public Task FPE0028_share_above_the_neurons() => Reports(
        Net("[Model(64)]", Hidden("Relu, Expand(2, Share = 5)"), Logits),
        new Expected("FPE0028", "5", "Net.Hidden: Share above 4 has no effect, because there are 4 neurons; lower it to 4"));

    [Fact]
    public Task FPE0028_share_of_the_class_above_the_neurons_of_every_layer() => Reports(
        Net("[Model(64), Expand(2, Share = 5)]", Hidden("Relu"), Logits),
        new Expected("FPE0028", "5", "Net: Share above 4 has no effect, because there are 4 neurons; lower it to 4"));

    [Fact]
    public Task A_share_of_the_class_may_be_above_the_neurons_of_some_layers() => Reports(
        Net("[Model(64), Expand(2, Share = 8)]", Hidden("Relu"), "[Linear(8), Relu] public partial Linear Middle { get; }", Logits));

    [Fact]
    public Task FPE0028_groups_of_a_dense_layer() => Reports(
        Net("[Model(64)]", Hidden("Relu, Expand(1, Split.Clause), Clause(0, 1)"), Logits),
        new Expected("FPE0028", "Split.Clause", "Net.Hidden: strategy has no effect, because factor 1 keeps the layer dense; remove it"),
        new Expected("FPE0028", "Clause(0, 1)", "Net.Hidden: [Clause] has no effect, because Hidden is not expanded with Split.Clause; remove it"));

    [Fact]
    public Task FPE0028_default_without_a_hidden_layer() => Reports(
        Net("[Model(64), Expand(2)]", Logits),
        new Expected("FPE0028", "Expand(2)", "Net: [Expand] has no effect, because the model has no hidden layer; remove it"));

    [Fact]
    public Task FPE0028_defaults_of_a_block_without_linear_layers() => Reports(
        Net("[Block(64), Expand(2), Clause(0, 1)]", "[LayerNorm] public partial LayerNorm Norm { get; }"),
        new Expected("FPE0028", "Expand(2)", "Net: [Expand] has no effect, because the block has no Linear layer; remove it"),
        new Expected("FPE0028", "Clause(0, 1)", "Net: [Clause] has no effect, because the block has no Linear layer; remove it"));

    /// <summary>What the model that uses the block expands is not known, unless the layer or a block says it.</summary>
    [Theory]
    [InlineData("", "", false)]
    [InlineData("", ", Expand(2)", true)]
    [InlineData(", Expand(2)", "", true)]
    public Task FPE0028_groups_in_a_block(string ofBlock, string ofLayer, bool warns) => Reports(
        Net($"[Block(64){ofBlock}]", Hidden($"Relu{ofLayer}, Clause(0, 1)"), "[Linear(8), Relu] public partial Linear Next { get; }"),
        warns ? [new Expected("FPE0028", "Clause(0, 1)", "Net.Hidden: [Clause] has no effect, because Hidden is not expanded with Split.Clause; remove it")] : []);

    [Fact]
    public Task FPE0028_groups_in_a_block_of_a_block_that_expands_it() => Reports(
        Net("[Block(64)]", Hidden("Relu, Clause(0, 1)"), "[Linear(64), Relu] public partial Linear Next { get; }").Replace("class Net", "class Inner", StringComparison.Ordinal)
        + Net("[Block(64), Expand(2)]", "public partial Inner First { get; }"),
        new Expected("FPE0028", "Clause(0, 1)", "Net.First.Hidden: [Clause] has no effect, because First.Hidden is not expanded with Split.Clause; remove it"));

    [Fact]
    public Task FPE0028_groups_of_a_convolution_in_a_block() => Reports(
        Net("[Block(1, 8, 8)]", "[Conv2d(4, 3), Relu, Clause(0, 1)] public partial Conv2d Edges { get; }"),
        new Expected("FPE0028", "Clause(0, 1)", "Net.Edges: [Clause] has no effect, because Edges is not expanded with Split.Clause; remove it"));

    [Fact]
    public Task FPE0028_default_that_every_layer_overrides() => Reports(
        Net("[Model(64), Expand(2)]", Hidden("Relu, Expand(4)"), Logits),
        new Expected("FPE0028", "Expand(2)", "Net: [Expand] has no effect, because every hidden layer has its own; remove it"));

    [Fact]
    public Task FPE0028_groups_that_nothing_deals() => Reports(
        Net("[Model(64), Clause(0, 1)]", Hidden("Relu, Expand(2)"), "[Linear(10), Clause(2)] public partial Linear Logits { get; }"),
        new Expected("FPE0028", "Clause(0, 1)", "Net: [Clause] has no effect, because Hidden is not expanded with Split.Clause; remove it"),
        new Expected("FPE0028", "Clause(2)", "Net.Logits: [Clause] has no effect, because Logits is not expanded with Split.Clause; remove it"));

    [Fact]
    public Task FPE0028_groups_of_the_class_that_the_layer_overrides() => Reports(
        Net("[Model(64), Clause(0, 1)]", Hidden("Relu, Expand(2, Split.Clause), Clause(2, 3), Clause()"), Logits),
        new Expected("FPE0028", "Clause(0, 1)", "Net: [Clause] has no effect, because Hidden has its own groups; remove it"),
        new Expected("FPE0028", "Clause()", "Net.Hidden: [Clause] has no effect, because the group is empty; remove it"));

    private static string Hidden(string attributes) => $"[Linear(4), {attributes}] public partial Linear Hidden {{ get; }}";
}
