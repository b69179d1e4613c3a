using Fpe.Generators.Tests.Support;
using static Fpe.Generators.Tests.Support.Diagnose;

namespace Fpe.Generators.Tests.Diagnostics;

public sealed class CountDiagnostics
{
    private const string Hidden = "[Linear(4), Relu, Expand(4)] public partial Linear Hidden { get; }";
    private const string Logits = "[Linear(10)] public partial Linear Logits { get; }";

    [Fact]
    public Task FPE0020_budget_of_weights() => Reports(
        Net("[Model(64), NonZeroBudget(295)]", Hidden, Logits),
        new Expected("FPE0020", "295", "Net: 296 non-zero weights exceed the budget of 295 by 1; the largest layer is Hidden with 256 weights; give it fewer neurons, or raise the budget to 296"));

    [Fact]
    public Task FPE0020_budget_of_weights_and_biases() => Reports(
        Net("[Model(64, CountBiases = true), NonZeroBudget(count: 300)]", Hidden, Logits),
        new Expected("FPE0020", "300", "Net: 310 non-zero weights and biases exceed the budget of 300 by 10; the largest layer is Hidden with 256 weights; give it fewer neurons, or raise the budget to 310"));

    /// <summary>4 · 8 + 4 weights and 5 biases; of the weights 16 + 2 stay, and there are 32 + 1 biases.</summary>
    [Fact]
    public Task FPE0020_biases_leave_less_than_half_of_the_weights() => Reports(
        Net("[Model(8, CountBiases = true)]", "[Linear(4), Expand(8)] public partial Linear Hidden { get; }", "[Linear(1)] public partial Linear Output { get; }"),
        new Expected("FPE0020", "CountBiases = true", "Net: at least 51 non-zero weights and biases exceed the budget of 41 by 10; 33 are biases, and pruning leaves every layer half of its weights; lower a factor or do not count biases"));

    /// <summary>Where (α − 1) · outputs ≥ inputs, the copied weights of the output layer alone fill the budget.</summary>
    [Fact]
    public Task FPE0035_more_classes_than_the_inputs_can_pay_for() => Reports(
        Net("[Model(384)]", "[Linear(16), Relu, Expand(4)] public partial Linear Hidden { get; }", "[Linear(266)] public partial Linear Logits { get; }"),
        new Expected("FPE0035", "4", "Net.Hidden: with expansion at the start, pruning by magnitude alone would keep about 0 of its 6144 weights, so pruning leaves it half of them, 3072; lower the factors, set Outgoing = Outgoing.Deal, or expand after some epochs (ExpandAfter)"));

    [Fact]
    public Task FPE0035_names_the_largest_factor_that_fits() => Reports(
        Net("[Model(384)]", "[Linear(4), Relu, Expand(factor: 8)] public partial Linear Hidden { get; }", "[Linear(54)] public partial Linear Logits { get; }"),
        new Expected("FPE0035", "8", "Net.Hidden: with expansion at the start, pruning by magnitude alone would keep about 180 of its 1536 weights, so pruning leaves it half of them, 768; lower the factor of Hidden to 4, set Outgoing = Outgoing.Deal, or expand after some epochs (ExpandAfter)"));

    /// <summary>The layer that loses is not the one that makes the most copies.</summary>
    [Fact]
    public Task FPE0035_in_a_layer_below() => Reports(
        Net("[Model(100), Expand(4)]", "[Linear(20), Relu, Expand(1)] public partial Linear First { get; }", "[Linear(40), Relu] public partial Linear Second { get; }", "[Linear(20)] public partial Linear Logits { get; }"),
        new Expected("FPE0035", "4", "Net.First: with expansion at the start, pruning by magnitude alone would keep about 905 of its 2000 weights, so pruning leaves it half of them, 1000; lower the factor of Second to 3, set Outgoing = Outgoing.Deal, or expand after some epochs (ExpandAfter)"));

    /// <summary>Only counted biases make pruning necessary here, and only Hidden has more of them.</summary>
    [Fact]
    public Task FPE0035_of_biases_alone() => Reports(
        Net(
            "[Model(8, CountBiases = true)]", "[Linear(8), Relu] public partial Linear First { get; }",
            "[Linear(32), Relu, Expand(8, Outgoing = Outgoing.Deal)] public partial Linear Hidden { get; }", "[Linear(8)] public partial Linear Logits { get; }"),
        new Expected("FPE0035", "8", "Net.Logits: with expansion at the start, pruning by magnitude alone would keep about 118 of its 256 weights, so pruning leaves it half of them, 128; lower the factor of Hidden to 7"));

    /// <summary>Second has fewer neurons and a smaller layer above it, but more copies than First; biases that are not counted cost nothing.</summary>
    [Fact]
    public Task FPE0035_of_several_layers_names_the_one_that_makes_most_copies() => Reports(
        Net(
            "[Model(8)]", "[Linear(12), Relu, Expand(factor: 4)] public partial Linear First { get; }",
            "[Linear(4), Relu, Expand(factor: 6)] public partial Linear Second { get; }", "[Linear(8)] public partial Linear Logits { get; }"),
        new Expected("FPE0035", "6", "Net.First: with expansion at the start, pruning by magnitude alone would keep about 33 of its 96 weights, so pruning leaves it half of them, 48; lower the factor of Second to 2, set Outgoing = Outgoing.Deal, or expand after some epochs (ExpandAfter)"));

    /// <summary>3 · 24 · 4 copies and 3 · 24 biases of First, 7 · 4 · 12 copies and 7 · 4 biases of Second; Second loses all of its weights first.</summary>
    [Fact]
    public Task FPE0035_of_several_layers_names_the_one_that_makes_most_copies_and_biases() => Reports(
        Net(
            "[Model(8, CountBiases = true)]", "[Linear(24), Relu, Expand(factor: 4)] public partial Linear First { get; }",
            "[Linear(4), Relu, Expand(factor: 8)] public partial Linear Second { get; }", "[Linear(12)] public partial Linear Logits { get; }"),
        new Expected("FPE0035", "8", "Net.First: with expansion at the start, pruning by magnitude alone would keep about 51 of its 192 weights, so pruning leaves it half of them, 96; lower the factor of Second to 3, set Outgoing = Outgoing.Deal, or expand after some epochs (ExpandAfter)"),
        new Expected("FPE0035", "8", "Net.Second: with expansion at the start, pruning by magnitude alone would keep about 0 of its 96 weights, so pruning leaves it half of them, 48; lower the factor of Second to 3, set Outgoing = Outgoing.Deal, or expand after some epochs (ExpandAfter)"));

    /// <summary>3 · 12 · (4 + 2) copies of First, which two layers read, and 5 · 4 · 8 of Second.</summary>
    [Fact]
    public Task FPE0035_counts_the_copies_in_all_readers() => Reports(
        Net(
            "[Model(8)]", "[Linear(12), Relu, Expand(factor: 4)] public partial Linear First { get; }",
            "[Linear(4), Relu, Expand(factor: 6)] public partial Linear Second { get; }", "[Linear(2, From = nameof(First)), Relu] public partial Linear Third { get; }",
            "[Concat(nameof(Second), nameof(Third))] public partial Concat Both { get; }", "[Linear(8)] public partial Linear Logits { get; }"),
        new Expected("FPE0035", "4", "Net.First: with expansion at the start, pruning by magnitude alone would keep about 39 of its 96 weights, so pruning leaves it half of them, 48; lower the factors, set Outgoing = Outgoing.Deal, or expand after some epochs (ExpandAfter)"));

    /// <summary>The layers have one fan-in, and half of all weights are pruned: 384 of 256 + 4 · 128.</summary>
    [Fact]
    public Task FPE0035_is_not_reported_if_just_half_is_expected_to_stay() => Reports(
        Net("[Model(16)]", "[Linear(16), Relu, Expand(4)] public partial Linear Hidden { get; }", "[Linear(8)] public partial Linear Logits { get; }"));

    /// <summary>Of 2 · 4 + 2 · 3 weights and 2 + 3 biases, 2 · 4 + 3 are biases after expansion, so that 8 weights are left to 8 children.</summary>
    [Fact]
    public Task As_many_weights_as_children_are_accepted() => Reports(
        Net("[Model(4, CountBiases = true)]", "[Linear(2), Relu, Expand(4)] public partial Linear Hidden { get; }", "[Linear(3)] public partial Linear Logits { get; }"),
        new Expected("FPE0035", "4", "Net.Hidden: with expansion at the start, pruning by magnitude alone would keep about 0 of its 8 weights, so pruning leaves it half of them, 4; lower the factor of Hidden to 2, set Outgoing = Outgoing.Deal, or expand after some epochs (ExpandAfter)"));

    [Theory]
    [InlineData("Expand(4)", 54)]
    [InlineData("Expand(4, Outgoing = Outgoing.Deal)", 266)]
    public Task FPE0035_is_not_reported_where_more_than_half_is_expected_to_stay(string expand, int classes) => Reports(
        Net("[Model(384)]", $"[Linear(16), Relu, {expand}] public partial Linear Hidden {{ get; }}", $"[Linear({classes})] public partial Linear Logits {{ get; }}"));

    [Fact]
    public Task A_budget_that_is_just_met_is_accepted() => Reports(Net("[Model(64), NonZeroBudget(296)]", Hidden, Logits));

    [Theory]
    [InlineData("[Model(2000000000)]", "[Linear(2)] public partial Linear Logits { get; }", "Logits", "2", "4000000000")]
    [InlineData("[Model(2147483647)]", "[Linear(2147483647)] public partial Linear Logits { get; }", "Logits", "2147483647", "4611686014132420609")]
    public Task FPE0021_too_large(string model, string layer, string name, string squiggle, string count) => Reports(
        Net(model, layer),
        new Expected("FPE0021", squiggle, $"Net.{name}: the layer would have {count} weights, but the maximum is 2147483591; use fewer neurons or a smaller factor"));

    [Fact]
    public Task As_many_weights_as_fit_are_accepted() => Reports(Net("[Model(34981)]", "[Linear(61390)] public partial Linear Logits { get; }"));

    [Theory]
    [InlineData("[Model(100000001)]", "[Linear(1)] public partial Linear Logits { get; }", "Logits", "Linear(1)", "100000001 inputs")]
    [InlineData("[Model(2)]", "[Linear(100000001)] public partial Linear Logits { get; }", "Logits", "100000001", "100000001 outputs")]
    [InlineData("[Model(1, 20000, 10000)]", "[MaxPool2d(10000)] public partial MaxPool2d Pool { get; }", "Pool", "MaxPool2d(10000)", "200000000 inputs")]
    [InlineData("[Model(1, 2000, 2000)]", "[Conv2d(26, 1)] public partial Conv2d Edges { get; }", "Edges", "26", "104000000 outputs")]
    [InlineData("[Model(2)]", "[Linear(50000001), Relu, Expand(2)] public partial Linear Hidden { get; }", "Hidden", "2", "100000002 children")]
    public Task FPE0047_too_wide(string model, string layer, string name, string squiggle, string values)
    {
        string[] layers = name switch
        {
            "Logits" => [layer],
            "Hidden" => [layer, Logits],
            _ => [layer, "[Flatten] public partial Flatten Features { get; }", Logits],
        };
        return Reports(
            Net(model, layers),
            new Expected("FPE0047", squiggle, $"Net.{name}: the layer would have {values}, but the maximum is 100000000; make it smaller"));
    }

    [Fact]
    public Task FPE0047_children_of_two_layers() => Reports(
        Net(
            "[Model(2)]", "[Linear(30000000), Relu, Expand(2)] public partial Linear One { get; }",
            "[Linear(30000000, From = ModelAttribute.Sample), Relu, Expand(2)] public partial Linear Other { get; }",
            "[Concat(nameof(One), nameof(Other))] public partial Concat Both { get; }", "[Linear(1)] public partial Linear Logits { get; }"),
        new Expected("FPE0047", "Concat(nameof(One), nameof(Other))", "Net.Both: the layer would have 120000000 children, but the maximum is 100000000; make it smaller"));

    [Theory]
    [InlineData("[Model(100000000)]", "[Linear(1)] public partial Linear Logits { get; }")]
    [InlineData("[Model(1)]", "[Linear(100000000)] public partial Linear Logits { get; }")]
    public Task As_many_values_as_fit_are_accepted(string model, string layer) => Reports(Net(model, layer));

    [Fact]
    public Task FPE0021_copies_of_the_layer_below() => Reports(
        Net("[Model(40000)]", "[Linear(40000), Expand(2)] public partial Linear First { get; }", "[Linear(40000)] public partial Linear Second { get; }"),
        new Expected("FPE0021", "40000", "Net.Second: the layer would have 3200000000 weights, but the maximum is 2147483591; use fewer neurons or a smaller factor"));
}
