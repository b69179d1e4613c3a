using Fpe.Generators.Tests.Support;
using static Fpe.Generators.Tests.Support.Diagnose;

namespace Fpe.Generators.Tests.Diagnostics;

public sealed class GraphDiagnostics
{
    private const string Vectors = "[Model(64)]";
    private const string Images = "[Model(2, 8, 8)]";
    private const string Hidden = "[Linear(16), Relu] public partial Linear Hidden { get; }";
    private const string Logits = "[Linear(10)] public partial Linear Logits { get; }";
    private const string Flat = "[Flatten] public partial Flatten Features { get; }";

    [Theory]
    [InlineData("\"Hiden\"", "Hiden", "name a layer before it, such as Hidden, or ModelAttribute.Sample")]
    [InlineData("\"Embedding\"", "Embedding", "name a layer before it, or ModelAttribute.Sample")]
    [InlineData("nameof(Other)", "Other", "name a layer before it, or ModelAttribute.Sample")]
    [InlineData("\"\"", "", "name a layer before it, or ModelAttribute.Sample")]
    public Task FPE0048_unknown_layer(string source, string name, string fix) => Reports(
        Net(Vectors, "public int Other => 1;", Hidden, $"[Linear(10, From = {source})] public partial Linear Logits {{ get; }}"),
        new Expected("FPE0048", source, $"Net.Logits: the layer reads '{name}', but there is no such layer; {fix}"));

    [Fact]
    public Task FPE0048_in_a_list() => Reports(
        Net(Vectors, Hidden, "[Concat(ModelAttribute.Sample, nameof(Hidden), \"Skip\")] public partial Concat All { get; }", Logits),
        new Expected("FPE0048", "\"Skip\"", "Net.All: the layer reads 'Skip', but there is no such layer; name a layer before it, or ModelAttribute.Sample"));

    /// <summary>The nearest of several names is suggested, and of a short name, one letter may differ.</summary>
    [Theory]
    [InlineData("SecondLoan", "SecondLayer", "SecondLaye", "SecondLayer")]
    [InlineData("Fc1", "Other", "F1", "Fc1")]
    public Task FPE0048_suggests_the_nearest_name(string first, string second, string written, string nearest) => Reports(
        Net(
            Vectors, $"[Linear(16), Relu] public partial Linear {first} {{ get; }}", $"[Linear(16), Relu] public partial Linear {second} {{ get; }}",
            $"[Linear(10, From = \"{written}\")] public partial Linear Logits {{ get; }}"),
        new Expected("FPE0048", $"\"{written}\"", $"Net.Logits: the layer reads '{written}', but there is no such layer; name a layer before it, such as {nearest}, or ModelAttribute.Sample"));

    /// <summary>Arguments by name can be in any order, so they are not told apart.</summary>
    [Theory]
    [InlineData("Concat(second: \"Skip\", first: nameof(Hidden))", "Concat(second: \"Skip\", first: nameof(Hidden))", "Skip")]
    [InlineData("Concat(nameof(Hidden), second: \"Skip\")", "Concat(nameof(Hidden), second: \"Skip\")", "Skip")]
    [InlineData("Concat(nameof(Hidden), null!)", "null!", "")]
    public Task FPE0048_in_other_arguments(string attribute, string squiggle, string name) => Reports(
        Net(Vectors, Hidden, $"[{attribute}] public partial Concat All {{ get; }}", Logits),
        new Expected("FPE0048", squiggle, $"Net.All: the layer reads '{name}', but there is no such layer; name a layer before it, or ModelAttribute.Sample"));

    [Theory]
    [InlineData("Logits", "declared after it")]
    [InlineData("Hidden", "the layer itself")]
    public Task FPE0049_not_earlier(string source, string problem) => Reports(
        Net(Vectors, $"[Linear(16, From = nameof({source})), Relu] public partial Linear Hidden {{ get; }}", Logits),
        new Expected("FPE0049", $"nameof({source})", $"Net.Hidden: the layer reads {source}, which is {problem}; read an earlier layer"));

    [Fact]
    public Task FPE0050_unread() => Reports(
        Net(Vectors, Hidden, "[Linear(10, From = ModelAttribute.Sample)] public partial Linear Logits { get; }"),
        new Expected("FPE0050", "Hidden", "Net.Hidden: no layer reads this layer, and it is not the last; let a layer read it, or remove it"));

    [Fact]
    public Task FPE0051_sum_of_different_widths() => Reports(
        Net(Vectors, Hidden, $"[Add(nameof(Hidden), ModelAttribute.Sample)] public partial Add Sum {{ get; }}", Logits),
        new Expected("FPE0051", "ModelAttribute.Sample", "Net.Sum: the layer reads 16 values, but gets 64 values from the sample; make them equal"));

    [Fact]
    public Task FPE0051_sum_of_an_image_and_its_vector() => Reports(
        Net(Images, Flat, "[Add(ModelAttribute.Sample, nameof(Features))] public partial Add Sum { get; }", "[Flatten] public partial Flatten Vector { get; }", Logits),
        new Expected("FPE0051", "nameof(Features)", "Net.Sum: the layer reads an image of 2 × 8 × 8, but gets 128 values from Features; make them equal"));

    [Theory]
    [InlineData("[MaxPool2d(2)] public partial MaxPool2d Small { get; }", "Small", "images of 8 × 8", "an image of 2 × 4 × 4")]
    [InlineData("[Flatten] public partial Flatten Small { get; }", "Small", "images of 8 × 8", "128 values")]
    public Task FPE0051_concatenation(string other, string name, string expected, string got) => Reports(
        Net(Images, other, $"[Concat(ModelAttribute.Sample, nameof({name}))] public partial Concat All {{ get; }}", Flat, Logits),
        new Expected("FPE0051", $"nameof({name})", $"Net.All: the layer reads {expected}, but gets {got} from {name}; make them equal"));

    [Theory]
    [InlineData("Expand(4)", "Expand(2)", "children of One (factor 4, Share 1)", "children of Other (factor 2, Share 1)")]
    [InlineData("Expand(4)", "Expand(1)", "children of One (factor 4, Share 1)", "a value that is not expanded")]
    [InlineData("Expand(4, Share = 2)", "Expand(4, Share = 1)", "children of One (factor 4, Share 2)", "children of Other (factor 4, Share 1)")]
    public Task FPE0052_sum_of_unlike_expansions(string one, string other, string first, string second) => Reports(
        Net(
            Vectors, $"[Linear(16), Relu, {one}] public partial Linear One {{ get; }}", $"[Linear(16), Relu, {other}] public partial Linear Other {{ get; }}",
            "[Add(nameof(One), nameof(Other))] public partial Add Sum { get; }", Logits),
        new Expected("FPE0052", "Add(nameof(One), nameof(Other))", $"Net.Sum: the layer adds {first} and {second}, which have different widths or orders; give both the same factor and Share, or expand neither"));

    [Fact]
    public Task FPE0053_from_of_an_activation() => Reports(
        Net(Vectors, Hidden, "[Linear(10), Tanh(From = nameof(Hidden))] public partial Linear Second { get; }", Logits),
        new Expected("FPE0053", "From = nameof(Hidden)", "Net.Second: [Tanh] is the activation of a Linear layer, so it cannot have From; move From to [Linear], or remove it"));

    [Theory]
    [InlineData("LayerNorm(Epsilon = 0)", "LayerNorm", "0", "epsilon must be greater than 0 and finite, but is 0")]
    [InlineData("LayerNorm(Epsilon = double.PositiveInfinity)", "LayerNorm", "double.PositiveInfinity", "epsilon must be greater than 0 and finite, but is Infinity")]
    [InlineData("BatchNorm(Epsilon = double.NaN)", "BatchNorm", "double.NaN", "epsilon must be greater than 0 and finite, but is NaN")]
    [InlineData("BatchNorm(Momentum = 0)", "BatchNorm", "0", "momentum must be greater than 0 and at most 1, but is 0")]
    [InlineData("BatchNorm(Momentum = 1.5)", "BatchNorm", "1.5", "momentum must be greater than 0 and at most 1, but is 1.5")]
    public Task FPE0054_number_of_a_norm(string attribute, string type, string squiggle, string problem) => Reports(
        Net(Vectors, Hidden, $"[{attribute}] public partial {type} Norm {{ get; }}", Logits),
        new Expected("FPE0054", squiggle, $"Net.Norm: {problem}"));

    [Fact]
    public Task A_norm_may_forget_all_batches_before() => Reports(
        Net(Vectors, Hidden, "[BatchNorm(Momentum = 1)] public partial BatchNorm Norm { get; }", Logits));

    /// <summary>Both layers reach the outputs, so neither can be expanded, and the class's default leaves them out.</summary>
    [Fact]
    public Task FPE0018_added_to_the_outputs() => Reports(
        Net(
            "[Model(64), Expand(4)]", Hidden, "[Linear(10)] public partial Linear Classes { get; }",
            "[Linear(10, From = ModelAttribute.Sample), Expand(2)] public partial Linear Direct { get; }",
            "[Add(nameof(Classes), nameof(Direct))] public partial Add Logits { get; }"),
        new Expected("FPE0018", "Expand(2)", "Net.Direct: the output layer cannot be expanded, because its neurons are the model's outputs; remove [Expand]"));

    /// <summary>The reader with most neurons decides, as at run time.</summary>
    [Fact]
    public Task FPE0013_widest_reader() => Reports(
        Net(
            Vectors, "[Linear(16), Relu, Expand(8, Outgoing = Outgoing.Deal)] public partial Linear Hidden { get; }",
            "[Linear(4), Relu] public partial Linear Small { get; }", "[Linear(6, From = nameof(Hidden)), Relu] public partial Linear Large { get; }",
            "[Concat(nameof(Small), nameof(Large))] public partial Concat Both { get; }", Logits),
        new Expected("FPE0013", "8", "Net.Hidden: factor 8 is larger than the 6 neurons of Large, so with Outgoing.Deal a child would have no reader; the largest factor that fits is 6"));

    [Fact]
    public Task FPE0012_filter_with_more_children_than_inputs() => Reports(
        Net(Images, "[Conv2d(4, kernel: 2), Relu, Expand(9)] public partial Conv2d Edges { get; }", Flat, Logits),
        new Expected("FPE0012", "9", "Net.Edges: factor 9 is larger than its 8 inputs, so a child would have no weights; the largest factor that fits is 8"));

    [Fact]
    public Task FPE0023_input_of_a_filter() => Reports(
        Net(Images, "[Conv2d(4, kernel: 2), Relu, Expand(2, Split.Clause), Clause(0, 8)] public partial Conv2d Edges { get; }", Flat, Logits),
        new Expected("FPE0023", "8", "Net.Edges: input 8 does not exist; the 8 inputs are numbered 0 to 7"));

    [Fact]
    public Task FPE0045_pattern_of_a_filter() => Reports(
        Net(Images, "[Conv2d(4, kernel: 2), Relu, Expand(2, Within = 3)] public partial Conv2d Edges { get; }", Flat, Logits),
        new Expected("FPE0045", "3", "Net.Edges: Within = 3 must be a multiple of factor 2 that divides the layer's 8 inputs; use 2 or 4"));

    /// <summary>What a norm or an activation makes of the children is no linear map.</summary>
    [Fact]
    public Task FPE0039_through_a_norm_of_the_batch() => Reports(
        Net(Vectors, "[Linear(16), Expand(4)] public partial Linear Hidden { get; }", "[BatchNorm] public partial BatchNorm Norm { get; }", Logits),
        new Expected("FPE0039", "Linear(16)", "Net.Hidden: the layer is expanded, but has no activation, so it and Logits together are one linear map, no matter how many children it has; add an activation, such as [Relu]"));

    /// <summary>Nor is the largest of a window, but its mean is.</summary>
    [Theory]
    [InlineData("AvgPool2d", true)]
    [InlineData("MaxPool2d", false)]
    public Task FPE0039_through_pooling(string kind, bool warns) => Reports(
        Net(Images, "[Conv2d(4, 3, Padding = 1), Expand(2)] public partial Conv2d Edges { get; }", $"[{kind}(2)] public partial {kind} Small {{ get; }}", Flat, Logits),
        warns ? [new Expected("FPE0039", "Conv2d(4, 3, Padding = 1)", "Net.Edges: the layer is expanded, but has no activation, so it and Logits together are one linear map, no matter how many children it has; add an activation, such as [Relu]")] : []);

    [Fact]
    public Task An_activation_of_its_own_is_one() => Reports(
        Net(
            Vectors, "[Linear(16), Expand(4)] public partial Linear Hidden { get; }", "[BatchNorm] public partial BatchNorm Norm { get; }",
            "[Relu] public partial Activation Act { get; }", Logits));

    [Fact]
    public Task FPE0015_two_activations_alone() => Reports(
        Net(Vectors, Hidden, "[Relu, Tanh] public partial Activation Act { get; }", Logits),
        new Expected("FPE0015", "Tanh", "Net.Act: a layer can have at most one activation, but this one has [Relu] and [Tanh]; remove one of them"));

    [Fact]
    public Task FPE0040_activation_after_the_output() => Reports(
        Net(Vectors, Logits, "[Sigmoid] public partial Activation Act { get; }"),
        new Expected("FPE0040", "Sigmoid", "Net.Act: the output layer has [Sigmoid], but the cross-entropy losses apply their own function to its outputs; remove it, or suppress this if the model is trained with Loss.MeanSquaredError"));

    [Fact]
    public Task FPE0016_on_a_sum() => Reports(
        Net(Vectors, Hidden, "[Add(nameof(Hidden), nameof(Hidden)), Expand(2)] public partial Add Sum { get; }", Logits),
        new Expected("FPE0016", "Expand(2)", "Net.Sum: [Expand] applies to a Linear, Conv2d or Conv1d layer, but this is an Add layer; move it to the intended Linear, Conv2d or Conv1d layer"));

    [Fact]
    public Task FPE0031_mean_of_a_vector() => Reports(
        Net(Images, Flat, "[GlobalAvgPool2d] public partial GlobalAvgPool2d Means { get; }", Logits),
        new Expected("FPE0031", "GlobalAvgPool2d", "Net.Means: a GlobalAvgPool2d layer reads an image, but its input is a vector of 128 values; move it before Features"));

    [Fact]
    public Task FPE0047_concatenation_too_wide() => Reports(
        Net(
            "[Model(2)]", "[Linear(60000000), Relu] public partial Linear One { get; }",
            "[Linear(60000000, From = ModelAttribute.Sample), Relu] public partial Linear Other { get; }",
            "[Concat(nameof(One), nameof(Other))] public partial Concat Both { get; }", "[Linear(1)] public partial Linear Logits { get; }"),
        new Expected("FPE0047", "Concat(nameof(One), nameof(Other))", "Net.Both: the layer would have 120000000 outputs, but the maximum is 100000000; make it smaller"));
}
