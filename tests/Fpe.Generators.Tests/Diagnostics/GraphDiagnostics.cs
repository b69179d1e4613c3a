using Fpe.Generators.Tests.Support;
using static Fpe.Generators.Tests.Support.Diagnose;

namespace Fpe.Generators.Tests.Diagnostics;

/// <summary>What can be wrong with the values that layers read.</summary>
public sealed class GraphDiagnostics
{
    private const string Hidden = "[Linear(4), Relu] public partial Linear Hidden { get; }";
    private const string More = "[Linear(4)] public partial Linear More { get; }";
    private const string Sum = "[Add(nameof(Hidden), nameof(More))] public partial Add Sum { get; }";
    private const string Logits = "[Linear(10)] public partial Linear Logits { get; }";

    [Theory]
    [InlineData("\"Hiden\"", "Hiden, but the model has no such layer; read one of Hidden, or ModelAttribute.Sample")]
    [InlineData("nameof(Logits)", "Logits, which is declared after it; declare Logits before More")]
    [InlineData("nameof(More)", "More, which is the layer itself; read one of Hidden, or ModelAttribute.Sample")]
    public Task FPE0048_no_earlier_layer(string name, string problem) => Reports(
        Net("[Model(64)]", Hidden, $"[Linear(4, From = {name})] public partial Linear More {{ get; }}", Sum, Logits),
        new Expected("FPE0048", name, $"Net.More: the layer reads {problem}"));

    [Fact]
    public Task FPE0048_in_the_first_layer() => Reports(
        Net("[Model(64)]", "[Add(ModelAttribute.Sample, \"x\")] public partial Add Sum { get; }", Logits),
        new Expected("FPE0048", "\"x\"", "Net.Sum: the layer reads x, but the model has no such layer; it is the first layer, so read ModelAttribute.Sample"));

    [Fact]
    public Task FPE0049_unread() => Reports(
        Net("[Model(64)]", Hidden, "[Linear(10, From = ModelAttribute.Sample)] public partial Linear Logits { get; }"),
        new Expected("FPE0049", "Hidden", "Net.Hidden: no layer reads this one, and it is not the last, so it would never be trained; read it with From = nameof(Hidden), or remove it"));

    [Theory]
    [InlineData("Add", "", 0)]
    [InlineData("Concat", "(nameof(Hidden))", 1)]
    public Task FPE0050_too_few(string kind, string arguments, int count) => Reports(
        Net("[Model(64)]", Hidden, $"[{kind}{arguments}] public partial {kind} Joined {{ get; }}", Logits),
        new Expected("FPE0050", $"{kind}{arguments}", $"Net.Joined: [{kind}] reads at least two values, but names {count}; name them, such as '[{kind}(nameof(First), nameof(Second))]'"));

    [Fact]
    public Task FPE0051_sum_of_different_widths() => Reports(
        Net("[Model(64)]", Hidden, "[Linear(5)] public partial Linear More { get; }", Sum, Logits),
        new Expected("FPE0051", "nameof(More)", "Net.Sum: the layer adds values of one shape, but Hidden is 4 and More is 5; make them equal"));

    [Fact]
    public Task FPE0051_images_of_different_sizes() => Reports(
        Net(
            "[Model(1, 8, 8)]", "[Conv2d(2, 3)] public partial Conv2d Edges { get; }",
            "[Concat(ModelAttribute.Sample, nameof(Edges))] public partial Concat Both { get; }",
            "[Flatten] public partial Flatten Features { get; }", Logits),
        new Expected("FPE0051", "nameof(Edges)", "Net.Both: the layer joins vectors, or images of one height and width, but (sample) is 1 × 8 × 8 and Edges is 2 × 6 × 6; make them equal, or flatten images first"));

    [Theory]
    [InlineData("Expand(4)", "Expand(2)", "4 neurons × 4 children (Share = 1, Outgoing.Prune)", "4 neurons × 2 children (Share = 1, Outgoing.Prune)", "give Hidden and More the same factor, Share and Outgoing, or factor 1")]
    [InlineData("Expand(4, Share = 2)", "Expand(4)", "4 neurons × 4 children (Share = 2, Outgoing.Prune)", "4 neurons × 4 children (Share = 1, Outgoing.Prune)", "give Hidden and More the same factor, Share and Outgoing, or factor 1")]
    [InlineData("Expand(4)", "Expand(4, Outgoing = Outgoing.Deal)", "4 neurons × 4 children (Share = 1, Outgoing.Prune)", "4 neurons × 4 children (Share = 1, Outgoing.Deal)", "give Hidden and More the same factor, Share and Outgoing, or factor 1")]
    [InlineData("Expand(4)", "Expand(1)", "4 neurons × 4 children (Share = 1, Outgoing.Prune)", "not expanded", "give Hidden factor 1, or add a value that is expanded in the same way")]
    [InlineData("Expand(1)", "Expand(4)", "not expanded", "4 neurons × 4 children (Share = 1, Outgoing.Prune)", "give More factor 1, or add a value that is expanded in the same way")]
    public Task FPE0052_other_children(string hidden, string more, string one, string other, string remedy) => Reports(
        Net(
            "[Model(64)]", $"[Linear(4), Relu, {hidden}] public partial Linear Hidden {{ get; }}",
            $"[Linear(4, From = ModelAttribute.Sample), Relu, {more}] public partial Linear More {{ get; }}", Sum, Logits),
        new Expected("FPE0052", "nameof(More)", $"Net.Sum: Hidden is {one}, but More is {other}, so their children do not match; {remedy}"));

    [Theory]
    [InlineData("LayerNorm", "Epsilon = 0", "0", "epsilon 0 must be above 0 and finite")]
    [InlineData("BatchNorm", "Epsilon = -1", "-1", "epsilon -1 must be above 0 and finite")]
    [InlineData("BatchNorm", "Momentum = 1.5", "1.5", "momentum 1.5 must be above 0 and at most 1")]
    public Task FPE0053_norm(string kind, string option, string squiggle, string problem) => Reports(
        Net("[Model(64)]", Hidden, $"[{kind}({option})] public partial {kind} Norm {{ get; }}", Logits),
        new Expected("FPE0053", squiggle, $"Net.Norm: {problem}"));

    [Fact]
    public Task FPE0028_source_of_an_activation_that_is_part_of_a_layer() => Reports(
        Net("[Model(64)]", "[Linear(4), Relu(From = ModelAttribute.Sample)] public partial Linear Hidden { get; }", Logits),
        new Expected("FPE0028", "From = ModelAttribute.Sample", "Net.Hidden: From has no effect, because [Relu] is part of the Linear layer; remove it, or move it to [Linear]"));

    [Fact]
    public Task FPE0015_activation_layer_with_two_functions() => Reports(
        Net("[Model(64)]", More, "[Relu, Tanh] public partial Activation Bend { get; }", Logits),
        new Expected("FPE0015", "Tanh", "Net.Bend: a layer has at most one activation, but this one has [Relu] and [Tanh]; remove one of them"));

    /// <summary>Both layers that are added are outputs, so neither can be widened.</summary>
    [Fact]
    public Task FPE0018_layer_that_is_added_to_the_outputs() => Reports(
        Net(
            "[Model(64)]", Hidden, "[Linear(10)] public partial Linear Classes { get; }",
            "[Linear(10, From = ModelAttribute.Sample), Expand(2)] public partial Linear Skip { get; }",
            "[Add(nameof(Classes), nameof(Skip))] public partial Add Logits { get; }"),
        new Expected("FPE0018", "Expand(2)", "Net.Skip: the output layer cannot be expanded, because its neurons are the model's outputs; remove [Expand]"));

    /// <summary>What the graph allows: a residual block whose layers are expanded alike, dropout of a sum, images, and a value read twice.</summary>
    [Theory]
    [InlineData("[Model(64), Expand(2)]", "[Linear(8), Relu] public partial Linear Hidden { get; }", "[Linear(8), Relu] public partial Linear More { get; }", Sum, "[Dropout(0.5)] public partial Dropout Noise { get; }", Logits)]
    [InlineData("[Model(64)]", Hidden, "[Add(nameof(Hidden), nameof(Hidden))] public partial Add Sum { get; }", Logits)]
    [InlineData("[Model(1, 6, 6)]", "[Conv2d(2, 3, Padding = 1)] public partial Conv2d Edges { get; }", "[BatchNorm] public partial BatchNorm Norm { get; }", "[Relu] public partial Activation Bend { get; }", "[Concat(nameof(Bend), ModelAttribute.Sample)] public partial Concat Both { get; }", "[GlobalAvgPool2d] public partial GlobalAvgPool2d Means { get; }", Logits)]
    public Task Fitting_graphs_are_accepted(string attributes, params string[] members) => Reports(Net(attributes, members));
}
