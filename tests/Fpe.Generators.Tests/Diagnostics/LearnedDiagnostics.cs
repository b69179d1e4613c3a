using Fpe.Generators.Tests.Support;
using static Fpe.Generators.Tests.Support.Diagnose;

namespace Fpe.Generators.Tests.Diagnostics;

/// <summary>What is wrong with models that learn their edges.</summary>
public sealed class LearnedDiagnostics
{
    private const string Logits = "[Linear(10)] public partial Linear Logits { get; }";
    private const string LearnedLogits = "[Linear(10), Expand(1, Split.Learned)] public partial Linear Logits { get; }";

    /// <summary>More children than inputs, uneven ones, more copies than the floor could pay for, or a width that is kept.</summary>
    [Theory]
    [InlineData("[Model(64)]", "Expand(65, Split.Learned)", Logits)]
    [InlineData("[Model(64)]", "Expand(3, Split.Learned, Share = 3)", Logits)]
    [InlineData("[Model(64), Expand(64, Split.Learned)]", "Relu", Logits)]
    [InlineData("[Model(64), NonZeroBudget(5000)]", "Expand(64, Split.Learned)", Logits)]
    [InlineData("[Model(64), NonZeroBudget(100)]", "Expand(1, Split.Learned, Share = 4)", Logits)]
    [InlineData("[Model(64), NonZeroBudget(100)]", "Relu", LearnedLogits)]
    [InlineData("[Model(64)]", "Expand(2, Split.Learned)", LearnedLogits)]
    [InlineData("[Model(64)]", "Expand(4, Split.Learned, Within = 64)", Logits)]
    public Task Nothing_is_reported_for(string model, string hidden, string logits) =>
        Reports(Net(model, Hidden(hidden == "Relu" ? hidden : $"Relu, {hidden}"), logits));

    [Fact]
    public Task A_single_layer_learns_its_edges() => Reports(Net("[Model(64), NonZeroBudget(100)]", LearnedLogits));

    [Fact]
    public Task FPE0018_output_layer_with_children() => Reports(
        Net("[Model(64)]", Hidden("Relu, Expand(4, Split.Learned)"), "[Linear(10), Expand(factor: 2, Split.Learned)] public partial Linear Logits { get; }"),
        new Expected("FPE0018", "2", "Net.Logits: the output layer cannot be expanded, because its neurons are the model's outputs; use factor 1 to learn its edges"));

    [Fact]
    public Task FPE0021_each_child_can_have_every_input() => Reports(
        Net("[Model(40000), Expand(2, Split.Learned)]", "[Linear(20000), Relu] public partial Linear First { get; }", "[Linear(30000), Relu] public partial Linear Second { get; }", "[Linear(2)] public partial Linear Logits { get; }"),
        new Expected("FPE0021", "30000", "Net.Second: the layer would have 2400000000 weights, but the maximum is 2147483591; use fewer neurons or a smaller factor"));

    /// <summary>The largest numbers there are do not overflow.</summary>
    [Fact]
    public Task FPE0021_of_all_numbers() => Reports(
        Net("[Model(2147483647), Expand(2147483647, Split.Learned)]", "[Linear(2147483647), Relu] public partial Linear First { get; }", "[Linear(2147483647), Relu] public partial Linear Second { get; }", "[Linear(1)] public partial Linear Logits { get; }"),
        new Expected("FPE0021", "2147483647", "Net.First: the layer would have 9903520300447984150353281023 weights, but the maximum is 2147483591; use fewer neurons or a smaller factor"),
        new Expected("FPE0021", "2147483647", "Net.Second: the layer would have 21267647892944572736998860269687930881 weights, but the maximum is 2147483591; use fewer neurons or a smaller factor"),
        new Expected("FPE0021", "1", "Net.Logits: the layer would have 4611686014132420609 weights, but the maximum is 2147483591; use fewer neurons or a smaller factor"));

    [Theory]
    [InlineData("Outgoing.Prune")]
    [InlineData("(Outgoing)0")]
    public Task FPE0028_outgoing(string outgoing) => Reports(
        Net("[Model(64)]", Hidden($"Relu, Expand(4, Split.Learned, Outgoing = {outgoing})"), Logits),
        new Expected("FPE0028", $"Outgoing = {outgoing}", "Net.Hidden: Outgoing has no effect, because Split.Learned learns outgoing edges as well; remove it"));

    [Fact]
    public Task FPE0028_share_above_the_neurons_of_layers_that_keep_their_width() => Reports(
        Net("[Model(64), NonZeroBudget(100)]", Hidden("Relu, Expand(1, Split.Learned, Share = 5)"), "[Linear(10), Expand(1, Split.Learned, Share = 16)] public partial Linear Logits { get; }"),
        new Expected("FPE0028", "5", "Net.Hidden: Share above 4 has no effect, because there are 4 neurons; lower it to 4"),
        new Expected("FPE0028", "16", "Net.Logits: Share above 10 has no effect, because there are 10 neurons; lower it to 10"));

    [Theory]
    [InlineData("Split.Random", "Split.Learned", "learns its edges", "has Split.Random")]
    [InlineData("Split.Learned", "Split.Feature", "has Split.Feature", "learns its edges")]
    public Task FPE0042_mixed_strategies(string first, string second, string kind, string other) => Reports(
        Net("[Model(64)]", $"[Linear(4), Relu, Expand(2, {first})] public partial Linear First {{ get; }}", Hidden($"Relu, Expand(2, strategy: {second})"), Logits),
        new Expected("FPE0042", second, $"Net.Hidden: the layer {kind}, but First {other}; give all expanded layers Split.Learned, or none"));

    [Fact]
    public Task FPE0042_default_of_the_class() => Reports(
        Net("[Model(64), Expand(2)]", Hidden("Relu"), LearnedLogits),
        new Expected("FPE0042", "Split.Learned", "Net.Logits: the layer learns its edges, but Hidden has Split.Random; give all expanded layers Split.Learned, or none"));

    [Fact]
    public Task FPE0042_is_not_reported_for_dense_layers() => Reports(
        Net("[Model(64)]", "[Linear(4), Relu, Expand(1)] public partial Linear First { get; }", Hidden("Relu, Expand(2, Split.Learned)"), Logits));

    [Fact]
    public Task FPE0043_budget_below_the_least() => Reports(
        Net("[Model(64), NonZeroBudget(13)]", Hidden("Relu, Expand(64, Split.Learned)"), Logits),
        new Expected("FPE0043", "13", "Net: the budget of 13 non-zero weights is below 14, the minimum that learning can reach (one per neuron: 14); raise it to 14"));

    /// <summary>16 · 4 of the pattern, 10 for the outputs, 2 · 9 of the filters, and 2 + 16 + 10 biases.</summary>
    [Fact]
    public Task FPE0043_with_everything_that_is_kept() => Reports(
        Net(
            "[Model(1, 2, 2, CountBiases = true), NonZeroBudget(count: 10)]", "[Conv2d(2, 3, Padding = 1)] public partial Conv2d Edges { get; }", "[Flatten] public partial Flatten Features { get; }",
            "[Linear(8), Relu, Expand(2, Split.Learned, Within = 4)] public partial Linear Hidden { get; }", Logits),
        new Expected("FPE0043", "10", "Net: the budget of 10 non-zero weights and biases is below 120, the minimum that learning can reach (one per neuron: 10, N:M patterns: 64, convolutions: 18, biases: 28); raise it to 120"));

    [Theory]
    [InlineData("Expand(64, Split.Learned)", 18945, 18943)]
    [InlineData("Expand(64, Split.Learned)", long.MaxValue, 18943)]
    [InlineData("Expand(1, Split.Learned)", 1000, 295)]
    [InlineData("Expand(4, Split.Learned, Within = 8)", 417, 416)]
    public Task FPE0043_budget_above_the_most(string expand, long budget, long most) => Reports(
        Net($"[Model(64), NonZeroBudget({budget})]", Hidden($"Relu, {expand}"), Logits),
        new Expected("FPE0043", $"{budget}", $"Net: the budget of {budget} non-zero weights is above {most}, the maximum that learning can reach; lower it to {most}"));

    /// <summary>256 + 40 + 14 in the dense parent; 256 + 10 biases and a weight a neuron do not fit.</summary>
    [Fact]
    public Task FPE0043_biases_are_more_than_the_dense_parent_has() => Reports(
        Net("[Model(64, CountBiases = true)]", Hidden("Relu, Expand(75, Split.Learned)"), Logits),
        new Expected("FPE0043", "Model(64, CountBiases = true)", "Net: the dense parent's 310 non-zero weights and biases are below 324, the minimum that learning can reach (one per neuron: 14, biases: 310); add [NonZeroBudget(324)], or use lower factors"));

    [Fact]
    public Task FPE0043_patterns_have_more_than_the_dense_parent() => Reports(
        Net("[Model(64), Expand(4, Split.Learned, Within = 4)]", "[Linear(4), Relu] public partial Linear First { get; }", "[Linear(32), Relu] public partial Linear Second { get; }", "[Linear(1)] public partial Linear Logits { get; }"),
        new Expected("FPE0043", "Model(64)", "Net: the dense parent's 416 non-zero weights are below 769, the minimum that learning can reach (one per neuron: 1, N:M patterns: 768); add [NonZeroBudget(769)], or use lower factors"));

    [Fact]
    public Task FPE0044_all_weights_of_the_dense_parent() => Reports(
        Net("[Model(64)]", Hidden("Relu, Expand(1, Split.Learned)"), LearnedLogits),
        new Expected("FPE0044", "Split.Learned", "Net: the model learns its edges, but ends with all 296 possible weights; add a lower [NonZeroBudget], or use a larger factor"));

    /// <summary>One neuron of two inputs can leave one of them out, and no more.</summary>
    [Fact]
    public Task A_single_choice_is_enough_to_learn() => Reports(
        Net("[Model(2), NonZeroBudget(1)]", "[Linear(1), Expand(1, Split.Learned)] public partial Linear Output { get; }"));

    [Fact]
    public Task FPE0044_budget_of_a_single_choice() => Reports(
        Net("[Model(2), NonZeroBudget(2)]", "[Linear(1), Expand(1, Split.Learned)] public partial Linear Output { get; }"),
        new Expected("FPE0044", "2", "Net: the model learns its edges, but ends with all 2 possible weights; lower the budget"));

    [Fact]
    public Task FPE0044_output_layer_alone() => Reports(
        Net("[Model(64)]", LearnedLogits),
        new Expected("FPE0044", "Split.Learned", "Net: the model learns its edges, but ends with all 640 possible weights; add a lower [NonZeroBudget]"));

    [Fact]
    public Task FPE0044_budget_of_all_weights() => Reports(
        Net("[Model(64), NonZeroBudget(18944)]", Hidden("Relu, Expand(64, Split.Learned)"), Logits),
        new Expected("FPE0044", "18944", "Net: the model learns its edges, but ends with all 18944 possible weights; lower the budget, or use a larger factor"));

    [Theory]
    [InlineData("[Model(1)]", "Split.Learned")]
    [InlineData("[Model(1), NonZeroBudget(7)]", "7")]
    public Task FPE0044_whatever_the_budget(string model, string squiggle) => Reports(
        Net(model, LearnedLogits),
        new Expected("FPE0044", squiggle, "Net: the model learns its edges, but ends with all 10 possible weights; use more inputs or neurons, or remove [Expand]"));

    [Fact]
    public Task FPE0010_budget_that_is_not_positive() => Reports(
        Net("[Model(64), NonZeroBudget(0)]", Hidden("Relu, Expand(4, Split.Learned)"), Logits),
        new Expected("FPE0010", "0", "Net: the budget must be at least 1, but is 0"));

    [Fact]
    public Task FPE0046_deal() => Reports(
        Net("[Model(64)]", Hidden("Relu, Expand(4, Split.Learned, Outgoing = Outgoing.Deal)"), Logits),
        new Expected("FPE0046", "Outgoing = Outgoing.Deal", "Net.Hidden: Outgoing.Deal does not apply to Split.Learned, because outgoing edges are learned as well; remove it"));

    private static string Hidden(string attributes) => $"[Linear(4), {attributes}] public partial Linear Hidden {{ get; }}";
}
