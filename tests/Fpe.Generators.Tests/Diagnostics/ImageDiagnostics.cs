using Fpe.Generators.Tests.Support;
using static Fpe.Generators.Tests.Support.Diagnose;

namespace Fpe.Generators.Tests.Diagnostics;

public sealed class ImageDiagnostics
{
    private const string Grey = "[Model(channels: 1, height: 28, width: 24)]";
    private const string Flat = "[Flatten] public partial Flatten Features { get; }";
    private const string Logits = "[Linear(10)] public partial Linear Logits { get; }";

    [Theory]
    [InlineData("[Model(0, 28, 28)]", "0", "Net: the number of channels must be at least 1, but is 0")]
    [InlineData("[Model(channels: 1, height: -2, width: 28)]", "-2", "Net: the height must be at least 1, but is -2")]
    [InlineData("[Model(1, 28, width: 0)]", "0", "Net: the width must be at least 1, but is 0")]
    public Task FPE0010_image(string model, string squiggle, string message) => Reports(
        Net(model, Flat, Logits), new Expected("FPE0010", squiggle, message));

    /// <summary>No kernel is too large for an image whose size is not known.</summary>
    [Fact]
    public Task FPE0010_image_alone() => Reports(
        Net("[Model(channels: 1, height: 0, width: 24)]", Convolution("8, 3"), Flat, Logits), new Expected("FPE0010", "0", "Net: the height must be at least 1, but is 0"));

    [Theory]
    [InlineData("0, 3", "0", "the number of filters must be at least 1, but is 0")]
    [InlineData("8, kernel: -3", "-3", "the kernel must be at least 1, but is -3")]
    [InlineData("8, 3, Stride = 0", "0", "the stride must be at least 1, but is 0")]
    public Task FPE0010_convolution(string arguments, string squiggle, string message) => Reports(
        Net(Grey, Convolution(arguments), Flat, Logits), new Expected("FPE0010", squiggle, "Net.Edges: " + message));

    [Theory]
    [InlineData("MaxPool2d(0)", "MaxPool2d", "0", "the kernel must be at least 1, but is 0")]
    [InlineData("MaxPool2d(2, Stride = -1)", "MaxPool2d", "-1", "the stride must be at least 1, but is -1")]
    [InlineData("AvgPool2d(kernel: -2)", "AvgPool2d", "-2", "the kernel must be at least 1, but is -2")]
    [InlineData("AvgPool2d(2, Stride = 0)", "AvgPool2d", "0", "the stride must be at least 1, but is 0")]
    public Task FPE0010_pooling(string attribute, string type, string squiggle, string message) => Reports(
        Net(Grey, $"[{attribute}] public partial {type} Layer {{ get; }}", Flat, Logits), new Expected("FPE0010", squiggle, "Net.Layer: " + message));

    [Theory]
    [InlineData("MaxPool2d(2), Expand(2)", "MaxPool2d", "Expand(2)", "[Expand] applies to a Linear, Conv2d or Conv1d layer, but this is a MaxPool2d layer; move it to the intended Linear, Conv2d or Conv1d layer")]
    [InlineData("MaxPool2d(2), Clause(0, 1)", "MaxPool2d", "Clause(0, 1)", "[Clause] applies to a Linear, Conv2d or Conv1d layer, but this is a MaxPool2d layer; move it to the intended Linear, Conv2d or Conv1d layer")]
    [InlineData("MaxPool2d(2), Relu", "MaxPool2d", "Relu", "[Relu] applies to a Linear, Conv2d, DepthwiseConv2d, Conv1d or Activation layer, but this is a MaxPool2d layer; move it to the intended Linear, Conv2d, DepthwiseConv2d, Conv1d or Activation layer")]
    [InlineData("AvgPool2d(2), Gelu", "AvgPool2d", "Gelu", "[Gelu] applies to a Linear, Conv2d, DepthwiseConv2d, Conv1d or Activation layer, but this is an AvgPool2d layer; move it to the intended Linear, Conv2d, DepthwiseConv2d, Conv1d or Activation layer")]
    public Task FPE0016_on_image_layers(string attributes, string type, string squiggle, string message) => Reports(
        Net(Grey, $"[{attributes}] public partial {type} Layer {{ get; }}", Flat, Logits), new Expected("FPE0016", squiggle, "Net.Layer: " + message));

    [Fact]
    public Task FPE0016_on_flatten() => Reports(
        Net(Grey, "[Flatten, Tanh] public partial Flatten Features { get; }", Logits),
        new Expected("FPE0016", "Tanh", "Net.Features: [Tanh] applies to a Linear, Conv2d, DepthwiseConv2d, Conv1d or Activation layer, but this is a Flatten layer; move it to the intended Linear, Conv2d, DepthwiseConv2d, Conv1d or Activation layer"));

    [Fact]
    public Task FPE0005_no_linear_layer() => Reports(
        Net(Grey, Convolution("8, 3"), Flat),
        new Expected("FPE0005", "Net", "Net: the model has no Linear layer; add its output layer, such as '[Linear(10)] public partial Linear Logits { get; }'"));

    [Fact]
    public Task FPE0005_alone() => Reports(
        Net("[Model(1, 8, 8)]", "[Conv2d(4, 3), Relu, Expand(10)] public partial Conv2d Edges { get; }", Flat),
        new Expected("FPE0005", "Net", "Net: the model has no Linear layer; add its output layer, such as '[Linear(10)] public partial Linear Logits { get; }'"));

    [Fact]
    public Task FPE0015_two_activations() => Reports(
        Net(Grey, "[Conv2d(8, 3), Relu, Gelu] public partial Conv2d Edges { get; }", Flat, Logits),
        new Expected("FPE0015", "Gelu", "Net.Edges: a layer can have at most one activation, but this one has [Relu] and [Gelu]; remove one of them"));

    [Fact]
    public Task FPE0008_type() => Reports(
        Net(Grey, "[Conv2d(8, 3)] public partial MaxPool2d Edges { get; }", Flat, Logits),
        new Expected("FPE0008", "MaxPool2d", "Net.Edges: a property with [Conv2d] must have the type Fpe.Conv2d, but its type is MaxPool2d; declare it as 'public partial Conv2d Edges { get; }'"));

    [Theory]
    [InlineData("Conv2d(8, kernel: 25), Relu", "Conv2d", "25", "kernel 25 is larger than its image of 1 × 28 × 24; the largest kernel that fits is 24")]
    [InlineData("Conv2d(8, 29, Padding = 2)", "Conv2d", "29", "kernel 29 is larger than its image of 1 × 28 × 24 with a padding of 2; the largest kernel that fits is 28")]
    [InlineData("MaxPool2d(kernel: 30)", "MaxPool2d", "30", "kernel 30 is larger than its image of 1 × 28 × 24; the largest kernel that fits is 24")]
    [InlineData("AvgPool2d(25, Stride = 1)", "AvgPool2d", "25", "kernel 25 is larger than its image of 1 × 28 × 24; the largest kernel that fits is 24")]
    public Task FPE0029_kernel_too_large(string attributes, string type, string squiggle, string message) => Reports(
        Net(Grey, $"[{attributes}] public partial {type} Layer {{ get; }}", Flat, Logits), new Expected("FPE0029", squiggle, "Net.Layer: " + message));

    [Fact]
    public Task FPE0029_after_other_layers() => Reports(
        Net(Grey, Convolution("8, 5, Stride = 2, Padding = 2"), Pool("4"), "[Conv2d(4, 4)] public partial Conv2d Shapes { get; }", Flat, Logits),
        new Expected("FPE0034", "4", "Net.Pool: a kernel of 4 in steps of 4 never reaches the last 2 rows of its image of 8 × 14 × 12; change the kernel, the stride or the layers below, or suppress this if it is intended"),
        new Expected("FPE0029", "4", "Net.Shapes: kernel 4 is larger than its image of 8 × 3 × 3; the largest kernel that fits is 3"));

    [Fact]
    public Task FPE0030_no_flatten() => Reports(
        Net(Grey, Convolution("8, 3, Padding = 1"), "[Dropout(0.5)] public partial Dropout Drop { get; }", Logits),
        new Expected("FPE0030", "Linear(10)", "Net.Logits: a Linear layer reads a vector, but its input is an image of 8 × 28 × 24; add '[Flatten] public partial Flatten Features { get; }' before it"));

    [Fact]
    public Task FPE0030_is_said_once() => Reports(
        Net(Grey, "[Linear(4), Expand(4)] public partial Linear Hidden { get; }", Logits),
        new Expected("FPE0030", "Linear(4)", "Net.Hidden: a Linear layer reads a vector, but its input is an image of 1 × 28 × 24; add '[Flatten] public partial Flatten Features { get; }' before it"));

    [Theory]
    [InlineData("Conv2d(8, 3)", "Conv2d")]
    [InlineData("MaxPool2d(2)", "MaxPool2d")]
    [InlineData("AvgPool2d(2)", "AvgPool2d", "an")]
    [InlineData("Flatten", "Flatten")]
    public Task FPE0031_vectors(string attribute, string type, string article = "a") => Reports(
        Net("[Model(inputs: 64)]", $"[{attribute}] public partial {type} Layer {{ get; }}", Logits),
        new Expected("FPE0031", attribute, $"Net.Layer: {article} {type} layer reads an image, but its input is a vector of 64 values; declare the images with [Model(channels: …, height: …, width: …)]"));

    [Fact]
    public Task FPE0031_after_other_layers() => Reports(
        Net(Grey, Flat, "[Linear(4), Relu] public partial Linear Hidden { get; }", Pool("2"), Logits),
        new Expected("FPE0031", "MaxPool2d(2)", "Net.Pool: a MaxPool2d layer reads an image, but its input is a vector of 4 values; move it before Features"));

    [Fact]
    public Task FPE0031_after_flatten() => Reports(
        Net(Grey, Flat, Pool("2"), Logits),
        new Expected("FPE0031", "MaxPool2d(2)", "Net.Pool: a MaxPool2d layer reads an image, but its input is a vector of 672 values; move it before Features"));

    [Fact]
    public Task FPE0031_after_linear() => Reports(
        Net("[Model(1)]", "[Linear(1)] public partial Linear Hidden { get; }", Flat, Logits),
        new Expected("FPE0031", "Flatten", "Net.Features: a Flatten layer reads an image, but its input is a vector of 1 value; declare the images with [Model(channels: …, height: …, width: …)]"));

    [Theory]
    [InlineData("8, 3, Padding = 3", "3", "padding 3 must be from 0 to 2; with more, a kernel of 3")]
    [InlineData("8, 1, Padding = 1", "1", "padding 1 must be from 0 to 0; with more, a kernel of 1")]
    [InlineData("8, 3, Padding = -1", "-1", "padding -1 must be from 0 to 2; with more, a kernel of 3")]
    public Task FPE0032_padding(string arguments, string squiggle, string message) => Reports(
        Net(Grey, Convolution(arguments), Flat, Logits),
        new Expected("FPE0032", squiggle, $"Net.Edges: {message} would see nothing but zeros at the borders"));

    [Fact]
    public Task FPE0033_samples() => Reports(
        Net("[Model(3, 40000, 40000)]", Flat, Logits),
        new Expected("FPE0033", "Model(3, 40000, 40000)", "Net: an image of 3 × 40000 × 40000 has 4800000000 values, but the maximum is 2147483647; use fewer channels or a smaller image"));

    [Fact]
    public Task The_largest_image_that_can_be_counted_is_too_large_for_a_layer() => Reports(
        Net("[Model(1, 1, 2147483647)]", Flat, "[Linear(1)] public partial Linear Logits { get; }"),
        new Expected("FPE0021", "1", "Net.Logits: the layer would have 2147483647 weights, but the maximum is 2147483591; use fewer neurons or a smaller factor"));

    [Fact]
    public Task FPE0033_convolution() => Reports(
        Net("[Model(1, 40000, 40000)]", Convolution("filters: 2, kernel: 1"), Flat, Logits),
        new Expected("FPE0033", "2", "Net.Edges: an image of 2 × 40000 × 40000 has 3200000000 values, but the maximum is 2147483647; use fewer filters or a larger stride"));

    [Theory]
    [InlineData("Conv2d(8, 3, Stride = 4)", "Conv2d", "4", "a kernel of 3 in steps of 4 never reaches the last row and the last column of its image of 1 × 28 × 24")]
    [InlineData("MaxPool2d(kernel: 5, Stride = 5)", "MaxPool2d", "5", "a kernel of 5 in steps of 5 never reaches the last 3 rows and the last 4 columns of its image of 1 × 28 × 24")]
    [InlineData("MaxPool2d(8)", "MaxPool2d", "8", "a kernel of 8 in steps of 8 never reaches the last 4 rows of its image of 1 × 28 × 24")]
    [InlineData("MaxPool2d(7)", "MaxPool2d", "7", "a kernel of 7 in steps of 7 never reaches the last 3 columns of its image of 1 × 28 × 24")]
    [InlineData("AvgPool2d(4, Stride = 5)", "AvgPool2d", "5", "a kernel of 4 in steps of 5 never reaches the last 4 rows of its image of 1 × 28 × 24")]
    public Task FPE0034_unreached(string attribute, string type, string squiggle, string message) => Reports(
        Net(Grey, $"[{attribute}] public partial {type} Layer {{ get; }}", Flat, Logits),
        new Expected("FPE0034", squiggle, $"Net.Layer: {message}; change the kernel, the stride or the layers below, or suppress this if it is intended"));

    [Theory]
    [InlineData("Conv2d(8, 3, Groups = 0)", "Conv2d", "0", "the number of groups must be at least 1, but is 0")]
    [InlineData("Conv2d(8, 3, Dilation = 0)", "Conv2d", "0", "the dilation must be at least 1, but is 0")]
    [InlineData("Conv2d(8, 3, StrideWidth = -1)", "Conv2d", "-1", "the stride must be at least 1, but is -1")]
    [InlineData("Conv2d(8, kernelHeight: 2, kernelWidth: 0)", "Conv2d", "0", "the width of the kernel must be at least 1, but is 0")]
    [InlineData("Conv2d(8, 3, StrideHeight = 0)", "Conv2d", "0", "the stride must be at least 1, but is 0")]
    [InlineData("Conv2d(8, 3, DilationHeight = 0, Padding = 1)", "Conv2d", "0", "the dilation must be at least 1, but is 0")]
    [InlineData("Conv2d(8, 3, DilationWidth = 0, Padding = 1)", "Conv2d", "0", "the dilation must be at least 1, but is 0")]
    [InlineData("Conv2d(8, kernelHeight: 0, kernelWidth: 2)", "Conv2d", "0", "the height of the kernel must be at least 1, but is 0")]
    [InlineData("DepthwiseConv2d(0)", "DepthwiseConv2d", "0", "the kernel must be at least 1, but is 0")]
    [InlineData("DepthwiseConv2d(3, Multiplier = -2)", "DepthwiseConv2d", "-2", "the multiplier must be at least 1, but is -2")]
    public Task FPE0010_windows(string attribute, string type, string squiggle, string message) => Reports(
        Net(Grey, $"[{attribute}] public partial {type} Layer {{ get; }}", Flat, Logits), new Expected("FPE0010", squiggle, "Net.Layer: " + message));

    [Theory]
    [InlineData("Conv2d(8, 5, Dilation = 7)", "Conv2d", "5", "kernel 5 is larger than its image of 1 × 28 × 24 with a dilation of 7; the largest kernel that fits is 4")]
    [InlineData("Conv2d(8, kernelHeight: 3, kernelWidth: 30, PaddingWidth = 1)", "Conv2d", "3", "kernel 3 × 30 is larger than its image of 1 × 28 × 24 with a padding of 0 × 1; the largest kernel that fits is 28 × 26")]
    [InlineData("DepthwiseConv2d(25)", "DepthwiseConv2d", "25", "kernel 25 is larger than its image of 1 × 28 × 24; the largest kernel that fits is 24")]
    public Task FPE0029_windows(string attribute, string type, string squiggle, string message) => Reports(
        Net(Grey, $"[{attribute}] public partial {type} Layer {{ get; }}", Flat, Logits), new Expected("FPE0029", squiggle, "Net.Layer: " + message));

    [Theory]
    [InlineData("Conv2d(8, 3, Padding = 5, Dilation = 2)", "5", "padding 5 must be from 0 to 4; with more, a kernel of 5")]
    [InlineData("Conv2d(8, kernelHeight: 3, kernelWidth: 1, Padding = 2)", "2", "padding 2 must be from 0 to 0; with more, a kernel of 1")]
    [InlineData("Conv2d(8, 3, PaddingHeight = 3)", "3", "padding 3 must be from 0 to 2; with more, a kernel of 3")]
    public Task FPE0032_windows(string attribute, string squiggle, string message) => Reports(
        Net(Grey, $"[{attribute}] public partial Conv2d Edges {{ get; }}", Flat, Logits),
        new Expected("FPE0032", squiggle, $"Net.Edges: {message} would see nothing but zeros at the borders"));

    [Theory]
    [InlineData("8, 3, Groups = 3", "3", "3 groups must divide both its 6 channels and its 8 filters")]
    [InlineData("8, 3, Groups = 4", "4", "4 groups must divide both its 6 channels and its 8 filters")]
    public Task FPE0064_groups(string arguments, string squiggle, string message) => Reports(
        Net("[Model(6, 8, 8)]", Convolution(arguments), Flat, Logits), new Expected("FPE0064", squiggle, "Net.Edges: " + message));

    [Fact]
    public Task FPE0065_as_many_groups_as_channels() => Reports(
        Net("[Model(6, 8, 8)]", "[Conv2d(12, 3, Groups = 6), Relu, Expand(factor: 2)] public partial Conv2d Edges { get; }", Flat, Logits),
        new Expected("FPE0065", "2", "Net.Edges: each filter reads a single channel, so the layer cannot be expanded; use factor 1"));

    [Fact]
    public Task FPE0065_a_depthwise_convolution() => Reports(
        Net("[Model(6, 8, 8)]", "[DepthwiseConv2d(3), Relu, Expand(2)] public partial DepthwiseConv2d Depth { get; }", Flat, Logits),
        new Expected("FPE0065", "Expand(2)", "Net.Depth: each filter reads a single channel, so the layer cannot be expanded; remove [Expand]"));

    [Fact]
    public Task FPE0066_children_of_several_channels_side_by_side() => Reports(
        Net("[Model(6, 8, 8)]", "[Conv2d(8, 3), Relu, Expand(2, Share = 2)] public partial Conv2d Edges { get; }", "[MaxPool2d(2)] public partial MaxPool2d Pool { get; }", "[DepthwiseConv2d(3)] public partial DepthwiseConv2d Depth { get; }", Flat, Logits),
        new Expected("FPE0066", "DepthwiseConv2d(3)", "Net.Depth: the layer reads groups of 1 channel, but neurons 0 and 1 of Edges share a partition (Share = 2), so their children are not adjacent by group; use Share = 1"));

    [Fact]
    public Task FPE0066_groups_with_and_without_children() => Reports(
        Net(
            "[Model(6, 8, 8)]", "[Conv2d(6, 3, Padding = 1, Groups = 2), Relu, Expand(3)] public partial Conv2d Edges { get; }",
            "[Concat(nameof(Edges), ModelAttribute.Sample)] public partial Concat Both { get; }", "[Conv2d(8, 3, Groups = 4)] public partial Conv2d Shapes { get; }", Flat, Logits),
        new Expected("FPE0066", "4", "Net.Shapes: the layer reads groups of 3 channels, but both children of Edges (factor 3, Outgoing.Prune) and values that are not expanded, which are not as many for each group; give all of them the same factor and Outgoing, or expand none"));

    [Fact]
    public Task FPE0012_inputs_of_a_group() => Reports(
        Net("[Model(6, 8, 8)]", "[Conv2d(8, 3, Groups = 2), Relu, Expand(factor: 28)] public partial Conv2d Edges { get; }", Flat, Logits),
        new Expected("FPE0012", "28", "Net.Edges: factor 28 is larger than its 27 inputs, so a child would have no weights; the largest factor that fits is 27"));

    [Fact]
    public Task FPE0013_readers_of_a_group() => Reports(
        Net("[Model(6, 8, 8)]", "[Conv2d(8, 3), Relu, Expand(3, Outgoing = Outgoing.Deal)] public partial Conv2d Edges { get; }", "[Conv2d(4, 3, Groups = 2)] public partial Conv2d Shapes { get; }", Flat, Logits),
        new Expected("FPE0013", "3", "Net.Edges: factor 3 is larger than the 2 neurons of a group of Shapes, so with Outgoing.Deal a child would have no reader; the largest factor that fits is 2"));

    [Fact]
    public Task FPE0027_readers_of_a_group_that_share() => Reports(
        Net("[Model(6, 8, 8)]", "[Conv2d(8, 3), Relu, Expand(factor: 3, Outgoing = Outgoing.Deal)] public partial Conv2d Edges { get; }", "[Conv2d(12, 3, Groups = 4), Relu, Expand(2, Share = 2)] public partial Conv2d Shapes { get; }", Flat, Logits),
        new Expected("FPE0027", "3", "Net.Edges: its 3 children can be read by only 2 groups of neurons in a group of Shapes (Share = 2), so some children must lose all their outputs; lower the factor to 2, or Share of Shapes to 1"));

    [Fact]
    public Task FPE0028_share_above_a_group() => Reports(
        Net("[Model(6, 8, 8)]", "[Conv2d(8, 3, Groups = 2), Relu, Expand(3, Share = 5)] public partial Conv2d Edges { get; }", Flat, Logits),
        new Expected("FPE0028", "5", "Net.Edges: Share above 4 has no effect, because there are 4 neurons in a group; lower it to 4"));

    [Theory]
    [InlineData("MaxPool2d(3, Stride = 2, Padding = 2)", "MaxPool2d", "2", "padding 2 must be from 0 to 1, half of the kernel, 3")]
    [InlineData("MaxPool2d(1, Padding = 1)", "MaxPool2d", "1", "padding 1 must be from 0 to 0, half of the kernel, 1")]
    [InlineData("AvgPool2d(4, Padding = -1)", "AvgPool2d", "-1", "padding -1 must be from 0 to 2, half of the kernel, 4")]
    public Task FPE0062_padding_of_pools(string attribute, string type, string squiggle, string message) => Reports(
        Net(Grey, $"[{attribute}] public partial {type} Layer {{ get; }}", Flat, Logits),
        new Expected("FPE0062", squiggle, "Net.Layer: " + message));

    [Fact]
    public Task FPE0029_padded_pools() => Reports(
        Net("[Model(1, 2, 9)]", "[MaxPool2d(8, Padding = 2)] public partial MaxPool2d Layer { get; }", Flat, Logits),
        new Expected("FPE0029", "8", "Net.Layer: kernel 8 is larger than its image of 1 × 2 × 9 with a padding of 2; the largest kernel that fits is 6"));

    /// <summary>Only padding is lost.</summary>
    [Fact]
    public Task A_stride_of_2_with_padding_reaches_everything() => Reports(
        Net(Grey, Convolution("8, 3, Stride = 2, Padding = 1"), Flat, Logits));

    [Theory]
    [InlineData("[Model(inputs: 784, channels: 1, height: 28, width: 28)]", "CS1739")]
    [InlineData("[Model(channels: 1, height: 28)]", "CS7036")]
    [InlineData("[Model(1, 28, \"28\")]", "CS1503")]
    public Task The_compiler_refuses_what_is_neither_a_vector_nor_an_image(string model, string compilerId) => Reports(
        Net(model, Flat, Logits), [compilerId]);

    [Fact]
    public Task FPE0009_constants_of_images() => Reports(
        Net(Grey, Flat, Logits, "internal int InputHeight => 28;"),
        new Expected("FPE0009", "InputHeight", "Net: a member collides with the generated constant InputHeight; rename it"));

    [Fact]
    public Task FPE0020_filters_count_once() => Reports(
        Net("[Model(1, 8, 8), NonZeroBudget(711)]", Convolution("filters: 8, kernel: 3"), Pool("6"), Flat, "[Linear(80)] public partial Linear Logits { get; }"),
        new Expected("FPE0020", "711", "Net: 712 non-zero weights exceed the budget of 711 by 1; the largest layer is Logits with 640 weights; give it fewer neurons, or raise the budget to 712"));

    [Fact]
    public Task FPE0020_largest_is_a_convolution() => Reports(
        Net("[Model(1, 3, 3), NonZeroBudget(1)]", Convolution("filters: 8, kernel: 3"), Flat, "[Linear(1)] public partial Linear Logits { get; }"),
        new Expected("FPE0020", "1", "Net: 80 non-zero weights exceed the budget of 1 by 79; the largest layer is Edges with 72 weights; give it fewer filters, or raise the budget to 80"));

    /// <summary>A filter has weights only for the channels of its group: 25 000 · 9 · 5 000.</summary>
    [Fact]
    public Task Filters_of_groups_have_fewer_weights() => Reports(
        Net("[Model(50000, 3, 3)]", Convolution("filters: 5000, kernel: 3, Groups = 2"), Flat, Logits));

    [Fact]
    public Task FPE0021_filters_of_each_channel() => Reports(
        Net("[Model(1, 1000, 1000)]", "[DepthwiseConv2d(1000, Multiplier = 3000)] public partial DepthwiseConv2d Edges { get; }", Flat, Logits),
        new Expected("FPE0021", "3000", "Net.Edges: the layer would have 3000000000 weights, but the maximum is 2147483591; use a smaller multiplier or kernel"));

    [Fact]
    public Task FPE0010_groups_of_an_expanded_convolution() => Reports(
        Net(Grey, "[Conv2d(8, 3, Groups = 0), Relu, Expand(2)] public partial Conv2d Edges { get; }", Flat, Logits),
        new Expected("FPE0010", "0", "Net.Edges: the number of groups must be at least 1, but is 0"));

    [Fact]
    public Task FPE0021_filters() => Reports(
        Net("[Model(50000, 3, 3)]", Convolution("filters: 5000, kernel: 3"), Flat, Logits),
        new Expected("FPE0021", "5000", "Net.Edges: the layer would have 2250000000 weights, but the maximum is 2147483591; use fewer filters or a smaller kernel"));

    /// <summary>Pruning leaves the filters alone, so that children do not share them.</summary>
    [Fact]
    public Task FPE0027_counts_linear_weights_only() => Reports(
        Net("[Model(4, 1, 1, CountBiases = true)]", Convolution("4, 1"), Flat, "[Linear(1), Relu, Expand(4)] public partial Linear Hidden { get; }", "[Linear(2)] public partial Linear Output { get; }"),
        new Expected("FPE0027", "Net", "Net: its 4 children share 3 weights after pruning, so some children must lose all their outputs; lower the factors"));

    private static string Convolution(string arguments) => $"[Conv2d({arguments})] public partial Conv2d Edges {{ get; }}";

    private static string Pool(string arguments) => $"[MaxPool2d({arguments})] public partial MaxPool2d Pool {{ get; }}";
}
