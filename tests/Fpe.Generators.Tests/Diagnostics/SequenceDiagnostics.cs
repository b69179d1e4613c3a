using Fpe.Generators.Tests.Support;
using static Fpe.Generators.Tests.Support.Diagnose;

namespace Fpe.Generators.Tests.Diagnostics;

public sealed class SequenceDiagnostics
{
    private const string Tokens = "[Model(tokens: 12, vocabulary: 500)]";
    private const string Vectors = "[Model(64)]";
    private const string Words = "[Embedding(16)] public partial Embedding Words { get; }";
    private const string Bag = "[EmbeddingBag(16)] public partial EmbeddingBag Words { get; }";
    private const string Mean = "[MeanPool] public partial MeanPool Mean { get; }";
    private const string Logits = "[Linear(10)] public partial Linear Logits { get; }";

    [Fact]
    public Task FPE0010_sizes() => Reports(
        Net("[Model(tokens: 0, vocabulary: -5)]", "[Embedding(0)] public partial Embedding Words { get; }", Mean, Logits),
        new Expected("FPE0010", "0", "Net: the number of tokens must be at least 1, but is 0"),
        new Expected("FPE0010", "-5", "Net: the vocabulary must be at least 1, but is -5"),
        new Expected("FPE0010", "0", "Net.Words: the dimension must be at least 1, but is 0"));

    /// <summary>What depends on a size that is not known is not guessed at.</summary>
    [Theory]
    [InlineData("[Model(tokens: 0, vocabulary: 500)]", Logits, "Net: the number of tokens must be at least 1, but is 0")]
    [InlineData("[Model(tokens: 12, vocabulary: 0)]", Bag, "Net: the vocabulary must be at least 1, but is 0")]
    [InlineData(Tokens, "[EmbeddingBag(0)] public partial EmbeddingBag Words { get; } [MeanPool] public partial MeanPool Mean { get; }", "Net.Words: the dimension must be at least 1, but is 0")]
    [InlineData("[Model]", "[Input(numbers: 0)] public partial Input Numbers { get; } [Embedding(4, From = nameof(Numbers))] public partial Embedding Words { get; }", "Net.Numbers: the number of values must be at least 1, but is 0")]
    [InlineData(Tokens, Words + " [SelfAttention(0)] public partial SelfAttention Attention { get; } " + Mean, "Net.Attention: the number of heads must be at least 1, but is 0")]
    public Task FPE0010_alone(string model, string layers, string message) => Reports(
        Net(model, layers, "[Linear(2)] public partial Linear Last { get; }"), new Expected("FPE0010", "0", message));

    [Theory]
    [InlineData("[EmbeddingBag(16)] public partial EmbeddingBag Words { get; }", "EmbeddingBag(16)", "an EmbeddingBag")]
    [InlineData("[Embedding(16)] public partial Embedding Words { get; }", "Embedding(16)", "an Embedding")]
    public Task FPE0067_numbers(string layer, string squiggle, string kind) => Reports(
        Net(Vectors, layer, Logits),
        new Expected(
            "FPE0067", squiggle,
            $"Net.Words: {kind} layer reads tokens, but its input is 64 values; declare tokens with [Model(tokens: …, vocabulary: …)] or "
            + "[Input(tokens: …, vocabulary: …)], and read them"));

    [Fact]
    public Task FPE0067_a_sequence() => Reports(
        Net(Tokens, Words, "[Embedding(4)] public partial Embedding Again { get; }", Mean, Logits),
        new Expected(
            "FPE0067", "Embedding(4)",
            "Net.Again: an Embedding layer reads tokens, but its input is a sequence of 16 × 12 places; declare tokens with [Model(tokens: …, vocabulary: …)] or "
            + "[Input(tokens: …, vocabulary: …)], and read them"));

    [Theory]
    [InlineData("[LayerNorm] public partial LayerNorm Norm { get; }", "LayerNorm", "Net.Norm: a LayerNorm")]
    [InlineData("[Linear(4)] public partial Linear First { get; }", "Linear(4)", "Net.First: a Linear")]
    [InlineData("[MeanPool] public partial MeanPool Mean { get; }", "MeanPool", "Net.Mean: a MeanPool")]
    public Task FPE0068_tokens(string layer, string squiggle, string subject) => Reports(
        Net(Tokens, layer, Logits),
        new Expected("FPE0068", squiggle, $"{subject} layer reads numbers, but its input is 12 tokens of 500; read them with [Embedding] or [EmbeddingBag] first"));

    [Fact]
    public Task FPE0068_by_name() => Reports(
        Net(Tokens, Bag, "[Concat(nameof(Words), ModelAttribute.Sample)] public partial Concat All { get; }", Logits),
        new Expected("FPE0068", "ModelAttribute.Sample", "Net.All: a Concat layer reads numbers, but its input is 12 tokens of 500; read them with [Embedding] or [EmbeddingBag] first"));

    [Fact]
    public Task FPE0030_a_sequence_is_no_image() => Reports(
        Net("[Model(2, 8, 8)]", Logits),
        new Expected("FPE0030", "Linear(10)", "Net.Logits: a Linear layer reads a vector, but its input is an image of 2 × 8 × 8; add '[Flatten] public partial Flatten Features { get; }' before it"));

    [Theory]
    [InlineData("[MeanPool] public partial MeanPool Mean { get; }", "MeanPool", "Net.Mean: a MeanPool")]
    [InlineData("[SelfAttention(2)] public partial SelfAttention Attention { get; }", "SelfAttention(2)", "Net.Attention: a SelfAttention")]
    public Task FPE0069_a_vector(string layer, string squiggle, string subject) => Reports(
        Net(Tokens, Bag, layer, Logits),
        new Expected("FPE0069", squiggle, $"{subject} layer reads a sequence, but its input is 16 values; read the value of an Embedding layer, or of a layer after it"));

    [Theory]
    [InlineData(Bag, "Net.Filters", "16 values")]
    [InlineData("[Embedding(16)] public partial Embedding Words { get; } [Flatten] public partial Flatten Flat { get; }", "Net.Filters", "192 values")]
    public Task FPE0069_a_convolution_of_a_vector(string below, string subject, string input) => Reports(
        Net(Tokens, below, "[Conv1d(8, 3)] public partial Conv1d Filters { get; }", Mean, Logits),
        new Expected("FPE0069", "Conv1d(8, 3)", $"{subject}: a Conv1d layer reads a sequence, but its input is {input}; read the value of an Embedding layer, or of a layer after it, or an image of one row"));

    [Fact]
    public Task FPE0069_a_convolution_of_an_image() => Reports(
        Net("[Model(3, 2, 10)]", "[Conv1d(8, 3)] public partial Conv1d Filters { get; }", Mean, Logits),
        new Expected("FPE0069", "Conv1d(8, 3)", "Net.Filters: a Conv1d layer reads a sequence, but its input is an image of 3 × 2 × 10; read the value of an Embedding layer, or of a layer after it, or an image of one row"));

    [Theory]
    [InlineData("FPE0010", "Conv1d(0, 3)", "0", "the number of filters must be at least 1, but is 0")]
    [InlineData("FPE0010", "Conv1d(8, 0)", "0", "the kernel must be at least 1, but is 0")]
    [InlineData("FPE0010", "Conv1d(8, 3, Stride = -1)", "-1", "the stride must be at least 1, but is -1")]
    [InlineData("FPE0010", "Conv1d(8, 3, Groups = 0)", "0", "the number of groups must be at least 1, but is 0")]
    [InlineData("FPE0032", "Conv1d(8, 3, Padding = 3)", "3", "padding 3 must be from 0 to 2; with more, a kernel of 3 would see nothing but zeros at the borders")]
    [InlineData("FPE0029", "Conv1d(8, 15, Padding = 1)", "15", "kernel 15 is larger than its sequence of 16 × 12 places with a padding of 1; the largest kernel that fits is 14")]
    [InlineData("FPE0064", "Conv1d(8, 3, Groups = 3)", "3", "3 groups must divide both its 16 units and its 8 filters")]
    [InlineData("FPE0034", "Conv1d(8, 3, Stride = 2)", "2", "a kernel of 3 in steps of 2 never reaches the last place of its sequence of 16 × 12 places; change the kernel, the stride or the layers below, or suppress this if it is intended")]
    [InlineData("FPE0047", "Conv1d(10_000_001, 3)", "10_000_001", "the layer would have 100000010 outputs, but the maximum is 100000000; make it smaller")]
    public Task Numbers_of_a_convolution_over_places(string id, string convolution, string squiggle, string problem) => Reports(
        Net(Tokens, Words, $"[{convolution}] public partial Conv1d Filters {{ get; }}", Mean, Logits),
        new Expected(id, squiggle, $"Net.Filters: {problem}"));

    [Fact]
    public Task FPE0065_single_units_are_not_expanded() => Reports(
        Net(Tokens, Words, "[Conv1d(32, 3, Groups = 16), Expand(2)] public partial Conv1d Filters { get; }", Mean, Logits),
        new Expected("FPE0065", "2", "Net.Filters: each filter reads a single unit, so the layer cannot be expanded; use factor 1"));

    [Fact]
    public Task FPE0066_children_of_several_units_side_by_side() => Reports(
        Net(Tokens, Words, "[Linear(6), Relu, Expand(2, Share = 3)] public partial Linear Wide { get; }", "[Conv1d(9, 3, Groups = 3)] public partial Conv1d Filters { get; }", Mean, Logits),
        new Expected("FPE0066", "3", "Net.Filters: the layer reads groups of 2 units, but neurons 1 and 2 of Wide share a partition (Share = 3), so their children are not adjacent by group; use a Share that divides 2"));

    [Fact]
    public Task FPE0051_other_places() => Reports(
        Net(
            "[Model]", "[Input(tokens: 12, vocabulary: 500)] public partial Input One { get; }", "[Input(tokens: 8, vocabulary: 500)] public partial Input Other { get; }",
            "[Embedding(16, From = nameof(One))] public partial Embedding First { get; }", "[Embedding(16, From = nameof(Other))] public partial Embedding Second { get; }",
            "[Add(nameof(First), nameof(Second))] public partial Add Sum { get; }", Mean, Logits),
        new Expected("FPE0051", "nameof(Second)", "Net.Sum: the layer reads a sequence of 16 × 12 places, but gets a sequence of 16 × 8 places from Second; make them equal"));

    [Theory]
    [InlineData("Linear(48)", "SelfAttention(5)", "5", "5 heads cannot share 16 units equally; use 4 or 8")]
    [InlineData("Linear(48)", "SelfAttention(17)", "17", "17 heads cannot share 16 units equally; use 16")]
    [InlineData("Linear(16)", "SelfAttention(2)", "SelfAttention(2)", "attention reads queries, keys and values of the same size, but 16 units are not a multiple of 3; give the layer that it reads 3 times as many units as the result should have, such as 18")]
    public Task FPE0070_heads(string linear, string attention, string squiggle, string problem) => Reports(
        Net(Tokens, Words, $"[{linear}] public partial Linear Queries {{ get; }}", $"[{attention}] public partial SelfAttention Attention {{ get; }}", Mean, Logits),
        new Expected("FPE0070", squiggle, $"Net.Attention: {problem}"));

    [Fact]
    public Task FPE0071_vocabulary() => Reports(
        Net("[Model(tokens: 12, vocabulary: 16_777_217)]", Bag, Logits),
        new Expected("FPE0071", "16_777_217", "Net: the vocabulary has 16777217 tokens, but the maximum is 16777216; use a smaller vocabulary, or hash the tokens"));

    [Fact]
    public Task FPE0071_table() => Reports(
        Net("[Model(tokens: 12, vocabulary: 16_777_216)]", "[EmbeddingBag(128)] public partial EmbeddingBag Words { get; }", Logits),
        new Expected("FPE0071", "128", "Net.Words: a table of 16777216 × 128 has 2147483648 values, but the maximum is 2147483647; use a smaller vocabulary or dimension"));

    [Fact]
    public Task FPE0047_places() => Reports(
        Net("[Model(tokens: 100_000, vocabulary: 500)]", "[Embedding(1_001)] public partial Embedding Words { get; }", Mean, Logits),
        new Expected("FPE0047", "1_001", "Net.Words: the layer would have 100100000 outputs, but the maximum is 100000000; make it smaller"));

    [Theory]
    [InlineData(1_000, 0)]
    [InlineData(1_001, 100_100_000)]
    public Task FPE0047_places_of_a_block(int units, int inputs) => Reports(
        Net($"[Block(units: {units}, places: 100_000)]", "[LayerNorm] public partial LayerNorm Norm { get; }"),
        inputs == 0 ? [] : [new Expected("FPE0047", $"Block(units: {units}, places: 100_000)", $"Net: the layer would have {inputs} inputs, but the maximum is 100000000; make it smaller")]);

    [Theory]
    [InlineData(50_000_000, 0)]
    [InlineData(60_000_000, 120_000_000)]
    public Task FPE0047_several_inputs(int numbers, int inputs) => Reports(
        Net(
            "[Model]", $"[Input(numbers: {numbers})] public partial Input One {{ get; }}", $"[Input(numbers: {numbers})] public partial Input Other {{ get; }}",
            "[Linear(1, From = nameof(One)), Relu] public partial Linear First { get; }", "[Linear(1, From = nameof(Other)), Relu] public partial Linear Second { get; }",
            "[Concat(nameof(First), nameof(Second))] public partial Concat Both { get; }", Logits),
        inputs == 0 ? [] : [new Expected("FPE0047", "Model", $"Net: the layer would have {inputs} inputs, but the maximum is 100000000; make it smaller")]);

    [Fact]
    public Task FPE0010_one_of_several_inputs() => Reports(
        Net(
            "[Model]", "[Input(numbers: 3)] public partial Input One { get; }", "[Input(numbers: 0)] public partial Input Other { get; }",
            "[Concat(nameof(One), nameof(Other))] public partial Concat Both { get; }", Logits),
        new Expected("FPE0010", "0", "Net.Other: the number of values must be at least 1, but is 0"));

    /// <summary>A part of the sample is meant, so that nothing is said about the whole.</summary>
    [Fact]
    public Task FPE0072_alone() => Reports(
        Net(
            "[Model]", "[Input(numbers: 3)] public partial Input Numbers { get; }", "[Linear(4, From = nameof(Numbers)), Relu] public partial Linear First { get; }",
            "[EmbeddingBag(4, From = ModelAttribute.Sample)] public partial EmbeddingBag Words { get; }", "[Concat(nameof(First), nameof(Words))] public partial Concat Both { get; }", Logits),
        new Expected("FPE0072", "ModelAttribute.Sample", "Net.Words: the layer reads the sample, which has several inputs; read one of them, such as Numbers"));

    [Theory]
    [InlineData(500, 0)]
    [InlineData(600, 120_000_000)]
    public Task FPE0047_places_of_a_concatenation(int dimension, int outputs) => Reports(
        Net(
            "[Model(tokens: 100_000, vocabulary: 500)]", $"[Embedding({dimension})] public partial Embedding One {{ get; }}",
            $"[Embedding({dimension}, From = ModelAttribute.Sample)] public partial Embedding Other {{ get; }}",
            "[Concat(nameof(One), nameof(Other))] public partial Concat Both { get; }", Mean, Logits),
        outputs == 0 ? [] : [new Expected("FPE0047", "Concat(nameof(One), nameof(Other))", $"Net.Both: the layer would have {outputs} outputs, but the maximum is 100000000; make it smaller")]);

    [Theory]
    [InlineData("[Embedding(1_000)] public partial Embedding Words { get; }")]
    [InlineData("[Embedding(10)] public partial Embedding Words { get; } [Linear(1_000)] public partial Linear Wide { get; }")]
    [InlineData("[Embedding(10)] public partial Embedding Words { get; } [Conv1d(1_000, 1)] public partial Conv1d Filters { get; }")]
    public Task As_many_values_at_all_places_as_fit_are_accepted(string layers) => Reports(Net("[Model(tokens: 100_000, vocabulary: 500)]", layers, Mean, Logits));

    [Fact]
    public Task As_much_attention_as_fits_is_accepted() => Reports(
        Net("[Model(tokens: 10_000, vocabulary: 500)]", "[Embedding(3)] public partial Embedding Words { get; }", "[SelfAttention(1)] public partial SelfAttention Attention { get; }", Mean, Logits));

    [Fact]
    public Task FPE0047_places_that_no_integer_counts() => Reports(
        Net("[Model(tokens: 100_000, vocabulary: 500)]", "[Embedding(10)] public partial Embedding Words { get; }", "[Linear(100_000)] public partial Linear Wide { get; }", Mean, Logits),
        new Expected("FPE0047", "100_000", "Net.Wide: the layer would have 10000000000 outputs, but the maximum is 100000000; make it smaller"));

    [Fact]
    public Task FPE0071_alone() => Reports(
        Net("[Model(tokens: 12, vocabulary: 16_777_216)]", "[EmbeddingBag(128)] public partial EmbeddingBag Words { get; }", Mean, Logits),
        new Expected("FPE0071", "128", "Net.Words: a table of 16777216 × 128 has 2147483648 values, but the maximum is 2147483647; use a smaller vocabulary or dimension"));

    [Fact]
    public Task FPE0047_places_of_a_linear_layer() => Reports(
        Net("[Model(tokens: 100_000, vocabulary: 500)]", "[Embedding(10)] public partial Embedding Words { get; }", "[Linear(1_001)] public partial Linear Wide { get; }", Mean, Logits),
        new Expected("FPE0047", "1_001", "Net.Wide: the layer would have 100100000 outputs, but the maximum is 100000000; make it smaller"));

    [Fact]
    public Task FPE0047_attention() => Reports(
        Net("[Model(tokens: 10_001, vocabulary: 500)]", "[Embedding(3)] public partial Embedding Words { get; }", "[SelfAttention(1)] public partial SelfAttention Attention { get; }", Mean, Logits),
        new Expected("FPE0047", "SelfAttention(1)", "Net.Attention: the layer would have 100020001 numbers that say how much each place attends to each, but the maximum is 100000000; make it smaller"));

    [Fact]
    public Task FPE0019_mode() => Reports(
        Net(Tokens, "[EmbeddingBag(16, Mode = (BagMode)7)] public partial EmbeddingBag Words { get; }", Logits),
        new Expected("FPE0019", "(BagMode)7", "Net.Words: 7 is not a value of BagMode; use BagMode.Mean or BagMode.Sum"));

    [Fact]
    public Task FPE0072_no_sizes() => Reports(
        Net("[Model]", Logits),
        new Expected("FPE0072", "Model", "Net: [Model] has no sizes, and there is no [Input] property; write [Model(inputs: …)], or declare the inputs of a sample as [Input] properties"));

    [Fact]
    public Task FPE0072_both() => Reports(
        Net(Vectors, "[Input(numbers: 6)] public partial Input Numbers { get; }", Logits),
        new Expected("FPE0072", "Input(numbers: 6)", "Net.Numbers: the property declares an input, but [Model] of Net already declares the sample; remove the sizes of [Model], or the property"));

    [Fact]
    public Task FPE0072_the_whole_sample() => Reports(
        Net("[Model]", "[Input(numbers: 6)] public partial Input Numbers { get; }", "[Linear(10, From = ModelAttribute.Sample)] public partial Linear Direct { get; }", "[Concat(nameof(Numbers), nameof(Direct))] public partial Concat All { get; }", Logits),
        new Expected("FPE0072", "ModelAttribute.Sample", "Net.Direct: the layer reads the sample, which has several inputs; read one of them, such as Numbers"));

    [Fact]
    public Task FPE0050_an_input_that_no_layer_reads() => Reports(
        Net("[Model]", "[Input(numbers: 6)] public partial Input Numbers { get; }", "[Input(numbers: 2)] public partial Input More { get; }", Logits),
        new Expected("FPE0050", "Numbers", "Net.Numbers: no layer reads this layer, and it is not the last; let a layer read it, or remove it"));

    [Fact]
    public Task FPE0016_tables_have_no_edges_to_expand() => Reports(
        Net(Tokens, "[EmbeddingBag(16), Expand(2)] public partial EmbeddingBag Words { get; }", Logits),
        new Expected("FPE0016", "Expand(2)", "Net.Words: [Expand] applies to a Linear, Conv2d or Conv1d layer, but this is an EmbeddingBag layer; move it to the intended Linear, Conv2d or Conv1d layer"));

    /// <summary>Heads cut their units by position, so children would end up in other heads than their parent.</summary>
    [Fact]
    public Task FPE0073_attention_cannot_read_children() => Reports(
        Net(Tokens, Words, "[Linear(48), Tanh, Expand(2)] public partial Linear Queries { get; }", "[SelfAttention(2)] public partial SelfAttention Attention { get; }", Mean, Logits),
        new Expected("FPE0073", "Expand(2)", "Net.Queries: the layer is expanded, but Attention, a SelfAttention layer, reads its neurons and cannot read their children; remove [Expand], or use factor 1"));

    [Fact]
    public Task A_class_level_expansion_leaves_what_attention_reads_dense() => Reports(
        Net("[Model(tokens: 12, vocabulary: 500), Expand(2)]", Words, "[Linear(48)] public partial Linear Queries { get; }", "[SelfAttention(2)] public partial SelfAttention Attention { get; }", "[Linear(8), Relu] public partial Linear Wide { get; }", Mean, Logits));

    [Fact]
    public Task FPE0072_an_input_of_a_block() => Reports(
        """
        using Fpe;
        [Block(64)]
        public sealed partial class Part
        {
            [Input(numbers: 6)] public partial Input Numbers { get; }
            [Linear(10)] public partial Linear Logits { get; }
        }
        """,
        new Expected("FPE0072", "Input(numbers: 6)", "Part.Numbers: the property declares an input, but [Block] of Part already declares the value that it reads; remove the property; only models have several inputs"));

    [Fact]
    public Task FPE0010_sizes_of_a_sequence() => Reports(
        """
        using Fpe;
        [Block(units: 0, places: -1)]
        public sealed partial class Part
        {
            [Linear(10)] public partial Linear Logits { get; }
        }
        """,
        new Expected("FPE0010", "0", "Part: the number of units must be at least 1, but is 0"),
        new Expected("FPE0010", "-1", "Part: the number of places must be at least 1, but is -1"));
}
