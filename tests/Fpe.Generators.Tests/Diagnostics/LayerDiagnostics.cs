using Fpe.Generators.Tests.Support;
using static Fpe.Generators.Tests.Support.Diagnose;

namespace Fpe.Generators.Tests.Diagnostics;

public sealed class LayerDiagnostics
{
    private const string Logits = "[Linear(10)] public partial Linear Logits { get; }";

    [Theory]
    [InlineData("[Model(0)]", "Linear(10)", "0", "Net: the number of inputs must be at least 1, but is 0")]
    [InlineData("[Model(inputs: -3)]", "Linear(10)", "-3", "Net: the number of inputs must be at least 1, but is -3")]
    [InlineData("[Model(64)]", "Linear(neurons: 1 - 1)", "1 - 1", "Net.Hidden: the number of neurons must be at least 1, but is 0")]
    [InlineData("[Model(64)]", "Linear(4), Expand(2, Share = 0)", "0", "Net.Hidden: Share must be at least 1, but is 0")]
    [InlineData("[Model(64), Expand(2, Share = -1)]", "Linear(4)", "-1", "Net: Share must be at least 1, but is -1")]
    [InlineData("[Model(64), NonZeroBudget(0)]", "Linear(4)", "0", "Net: the budget must be at least 1, but is 0")]
    public Task FPE0010_size_not_positive(string attributes, string hidden, string squiggle, string message) => Reports(
        Net(attributes, $"[{hidden}] public partial Linear Hidden {{ get; }}", Logits),
        new Expected("FPE0010", squiggle, message));

    /// <summary>What depends on a size that is not known is not guessed at.</summary>
    [Theory]
    [InlineData("[Model(64)]", "0", "Net.Hidden: the number of neurons must be at least 1, but is 0", "Linear(0)", "Linear(4), Relu, Expand(2)")]
    [InlineData("[Model(64)]", "0", "Net.Middle: the number of neurons must be at least 1, but is 0", "Linear(4), Relu, Expand(65)", "Linear(0), Relu")]
    [InlineData("[Model(0)]", "0", "Net: the number of inputs must be at least 1, but is 0", "Linear(4), Relu, Expand(2)", "Linear(4), Relu")]
    public Task FPE0010_alone(string attributes, string squiggle, string message, string hidden, string middle) => Reports(
        Net(attributes, $"[{hidden}] public partial Linear Hidden {{ get; }}", $"[{middle}] public partial Linear Middle {{ get; }}", Logits),
        new Expected("FPE0010", squiggle, message));

    [Theory]
    [InlineData("Linear(4), LeakyRelu(-0.5)", "Linear", "-0.5", "-0.5")]
    [InlineData("LeakyRelu(slope: double.NaN)", "Activation", "double.NaN", "NaN")]
    public Task FPE0063_slope(string attributes, string type, string squiggle, string shown) => Reports(
        Net("[Model(64)]", $"[{attributes}] public partial {type} Hidden {{ get; }}", Logits),
        new Expected("FPE0063", squiggle, $"Net.Hidden: slope {shown} must be at least 0 and finite"));

    [Theory]
    [InlineData("1", "1")]
    [InlineData("1.5", "1.5")]
    [InlineData("-0.25", "-0.25")]
    [InlineData("double.NaN", "NaN")]
    public Task FPE0014_dropout_rate(string rate, string shown) => Reports(
        Net("[Model(64)]", $"[Dropout({rate})] public partial Dropout Drop {{ get; }}", Logits),
        new Expected("FPE0014", rate, $"Net.Drop: dropout rate {shown} must be at least 0 and less than 1"));

    [Fact]
    public Task FPE0014_rate_of_channels() => Reports(
        Net("[Model(1, 8, 8)]", "[Dropout2d(1.5)] public partial Dropout2d Drop { get; }", "[Flatten] public partial Flatten Features { get; }", Logits),
        new Expected("FPE0014", "1.5", "Net.Drop: dropout rate 1.5 must be at least 0 and less than 1"));

    [Fact]
    public Task FPE0031_dropped_channels() => Reports(
        Net("[Model(64)]", "[Dropout2d(0.5)] public partial Dropout2d Drop { get; }", Logits),
        new Expected("FPE0031", "Dropout2d(0.5)", "Net.Drop: a Dropout2d layer reads an image, but its input is a vector of 64 values; declare the images with [Model(channels: …, height: …, width: …)]"));

    /// <summary>What depends on all layers is not said of a model with an error in one.</summary>
    [Fact]
    public Task FPE0031_alone() => Reports(
        Net("[Model(64)]", "[Linear(4), Relu, Expand(65)] public partial Linear Hidden { get; }", Logits, "[Dropout2d(0.5)] public partial Dropout2d Drop { get; }"),
        new Expected("FPE0031", "Dropout2d(0.5)", "Net.Drop: a Dropout2d layer reads an image, but its input is a vector of 10 values; declare the images with [Model(channels: …, height: …, width: …)]"));

    [Fact]
    public Task A_dropout_of_nothing_is_accepted() => Reports(Net("[Model(64)]", "[Dropout(0)] public partial Dropout Drop { get; }", Logits));

    [Fact]
    public Task FPE0015_two_activations() => Reports(
        Net("[Model(64)]", "[Linear(4), Relu, Tanh] public partial Linear Hidden { get; }", Logits),
        new Expected("FPE0015", "Tanh", "Net.Hidden: a layer can have at most one activation, but this one has [Relu] and [Tanh]; remove one of them"));

    [Theory]
    [InlineData("Relu", "Linear, Conv2d, DepthwiseConv2d, Conv1d or Activation", ", or give it the type Activation")]
    [InlineData("Expand(2)", "Linear, Conv2d or Conv1d", "")]
    [InlineData("Clause(0, 1)", "Linear, Conv2d or Conv1d", "")]
    public Task FPE0016_no_layer(string attribute, string layers, string otherFix) => Reports(
        Net("[Model(64)]", $"[{attribute}] public partial Linear Hidden {{ get; }}", Logits),
        new Expected("FPE0016", attribute, $"Net.Hidden: [{attribute.Split('(')[0]}] applies to a {layers} layer, but this property is not a layer; add [Linear(neurons)] to it{otherFix}"));

    [Fact]
    public Task FPE0016_no_activation() => Reports(
        Net("[Model(64)]", "[Expand(2)] public partial Activation Act { get; }", Logits),
        new Expected("FPE0016", "Expand(2)", "Net.Act: [Expand] applies to a Linear, Conv2d or Conv1d layer, but this property is not a layer; add [Linear(neurons)] to it"));

    [Fact]
    public Task FPE0008_activation_that_is_part_of_a_layer() => Reports(
        Net("[Model(64)]", "[Linear(4), Relu] public partial Activation Hidden { get; }", Logits),
        new Expected("FPE0008", "Activation", "Net.Hidden: a property with [Linear] must have the type Fpe.Linear, but its type is Activation; declare it as 'public partial Linear Hidden { get; }'"));

    [Theory]
    [InlineData("Gelu", "Linear, Conv2d, DepthwiseConv2d, Conv1d or Activation")]
    [InlineData("Expand(2)", "Linear, Conv2d or Conv1d")]
    [InlineData("Clause(0, 1)", "Linear, Conv2d or Conv1d")]
    public Task FPE0016_on_dropout(string attribute, string layers) => Reports(
        Net("[Model(64)]", $"[Dropout(0.5), {attribute}] public partial Dropout Drop {{ get; }}", Logits),
        new Expected("FPE0016", attribute, $"Net.Drop: [{attribute.Split('(')[0]}] applies to a {layers} layer, but this is a Dropout layer; move it to the intended {layers} layer"));

    [Theory]
    [InlineData("[Model(64)]", "Linear(4), Expand(2)")]
    [InlineData("[Model(64), Expand(2)]", "Linear(4)")]
    public Task FPE0039_expanded_without_an_activation(string model, string hidden) => Reports(
        Net(model, $"[{hidden}] public partial Linear Hidden {{ get; }}", Logits),
        new Expected("FPE0039", "Linear(4)", "Net.Hidden: the layer is expanded, but has no activation, so it and Logits together are one linear map, no matter how many children it has; add an activation, such as [Relu]"));

    [Fact]
    public Task FPE0039_through_a_sum() => Reports(
        Net(
            "[Model(64)]", "[Linear(4), Relu, Expand(2)] public partial Linear Other { get; }", "[Linear(4, From = ModelAttribute.Sample), Expand(2)] public partial Linear Hidden { get; }",
            "[Add(nameof(Other), nameof(Hidden))] public partial Add Sum { get; }", Logits),
        new Expected("FPE0039", "Linear(4, From = ModelAttribute.Sample)", "Net.Hidden: the layer is expanded, but has no activation, so it and Logits together are one linear map, no matter how many children it has; add an activation, such as [Relu]"));

    [Fact]
    public Task A_norm_of_each_sample_is_no_linear_map() => Reports(
        Net("[Model(64)]", "[Linear(4), Expand(2)] public partial Linear Hidden { get; }", "[LayerNorm] public partial LayerNorm Norm { get; }", Logits));

    [Theory]
    [InlineData("[Model(64)]", "Linear(4)")]
    [InlineData("[Model(64), Expand(2)]", "Linear(4), Expand(1)")]
    public Task A_layer_that_stays_dense_may_be_linear(string model, string hidden) => Reports(
        Net(model, $"[{hidden}] public partial Linear Hidden {{ get; }}", "[Linear(4), Relu] public partial Linear Middle { get; }", Logits));

    [Fact]
    public Task FPE0040_activation_of_the_output_layer() => Reports(
        Net("[Model(64)]", "[Linear(10), Sigmoid] public partial Linear Logits { get; }"),
        new Expected("FPE0040", "Sigmoid", "Net.Logits: the output layer has [Sigmoid], but the cross-entropy losses apply their own function to its outputs; remove it, or suppress this if the model is trained with Loss.MeanSquaredError"));

    [Fact]
    public Task FPE0041_dropout_after_the_output() => Reports(
        Net("[Model(64)]", Logits, "[Dropout(0.5)] public partial Dropout Drop { get; }"),
        new Expected("FPE0041", "Dropout(0.5)", "Net.Drop: dropout after the output layer Logits sets outputs of the model to zero during training; move it before Logits, or remove it"));

    [Fact]
    public Task A_norm_after_the_output_is_no_dropout() => Reports(
        Net("[Model(64)]", Logits, "[BatchNorm] public partial BatchNorm Norm { get; }"));

    [Fact]
    public Task FPE0017_two_layers() => Reports(
        Net("[Model(64)]", "[Linear(4), Dropout(0.5)] public partial Linear Hidden { get; }", Logits),
        new Expected("FPE0017", "Dropout(0.5)", "Net.Hidden: a property can declare only one layer, but this one has [Linear] and [Dropout]; give each its own property"));
}
