using Fpe.Generators.Tests.Support;

namespace Fpe.Generators.Tests.Snapshots;

/// <summary>What the emitted file says about a layer, or how it makes its plan, in cases that no recorded file has.</summary>
public sealed class EmittedTexts
{
    private const string Images = "[Model(3, 8, 8)]";
    private const string Tokens = "[Model(tokens: 4, vocabulary: 9)]";
    private const string Row = "[Model(6, 1, 4)]";
    private const string Flat = "[Flatten] public partial Flatten Flat { get; }";

    [Theory]
    [InlineData(Images, "[DepthwiseConv2d(3)] public partial DepthwiseConv2d Edges { get; }", Flat, "3 × 3 windows, one filter per channel")]
    [InlineData(Images, "[DepthwiseConv2d(3, Multiplier = 2)] public partial DepthwiseConv2d Edges { get; }", Flat, "3 × 3 windows, 2 filters per channel")]
    [InlineData(Images, "[Conv2d(2, 3, PaddingHeight = 1)] public partial Conv2d Edges { get; }", Flat, "3 × 8 × 8 → 2 × 8 × 6, 3 × 3 windows, padding 1 × 0")]
    [InlineData(Images, "[Conv2d(2, kernelHeight: 3, kernelWidth: 1, DilationHeight = 2)] public partial Conv2d Edges { get; }", Flat, "(new(Kernel: 3, Dilation: 2), new(Kernel: 1))")]
    [InlineData(Images, "[DepthwiseConv2d(2, Stride = 2)] public partial DepthwiseConv2d Edges { get; }", Flat, "Window2d.Square(kernel: 2, stride: 2)")]
    [InlineData("[Model(8)]", "[Linear(4), Silu] public partial Linear Hidden { get; }", "", "8 inputs → 4 neurons, SiLU")]
    [InlineData("[Model(8)]", "[Linear(4), Softplus] public partial Linear Hidden { get; }", "", "8 inputs → 4 neurons, softplus")]
    [InlineData("[Model(8)]", "[Linear(4), HardSwish] public partial Linear Hidden { get; }", "", "8 inputs → 4 neurons, hard swish")]
    [InlineData(Row, "[Conv1d(6, 3)] public partial Conv1d Words { get; } [MeanPool] public partial MeanPool Mean { get; }", "", "the mean of each unit.</summary>")]
    [InlineData(Row, "[Conv1d(6, 3)] public partial Conv1d Words { get; } [SelfAttention(1)] public partial SelfAttention Attention { get; }", "[MeanPool] public partial MeanPool Mean { get; }", "each place attends to all places.</summary>")]
    [InlineData(Tokens, "[EmbeddingBag(5)] public partial EmbeddingBag Words { get; }", "", "5 values, the mean of their vectors")]
    [InlineData(Tokens, "[EmbeddingBag(5)] public partial EmbeddingBag Words { get; }", "", "Vocabulary: 9, Dimension: 5)")]
    [InlineData(Tokens, "[EmbeddingBag(5, Mode = BagMode.Sum)] public partial EmbeddingBag Words { get; }", "", "5 values, the sum of their vectors")]
    [InlineData(Tokens, "[EmbeddingBag(5, Mode = BagMode.Sum)] public partial EmbeddingBag Words { get; }", "", "Dimension: 5, Mode: global::Fpe.BagMode.Sum)")]
    public void Say(string model, string layer, string next, string text) => Assert.Contains(text, Emitted(model, layer, next), StringComparison.Ordinal);

    /// <summary>The places with a token are those of the input that the embedding reads.</summary>
    [Fact]
    public void The_tokens_of_a_mean_are_those_of_its_embedding() => Assert.Contains(
        "From = [\"Words\", \"Text\"]",
        Emitted("[Model]", "[Input(tokens: 4, vocabulary: 9)] public partial Input Text { get; }", "[Embedding(5, From = nameof(Text))] public partial Embedding Words { get; }", "[MeanPool] public partial MeanPool Mean { get; }"),
        StringComparison.Ordinal);

    /// <summary>A pool reads 3 channels of the sample and 2 · 2 of the convolution.</summary>
    [Fact]
    public void Images_with_some_children_are_described_by_their_values() => Assert.Contains(
        "5 × 8 × 8 (448 values with all children)",
        Emitted(
            Images, "[Conv2d(2, 3, Padding = 1), Relu, Expand(2)] public partial Conv2d Edges { get; }",
            "[Concat(ModelAttribute.Sample, nameof(Edges))] public partial Concat All { get; }", "[MaxPool2d(2)] public partial MaxPool2d Small { get; }", Flat),
        StringComparison.Ordinal);

    [Fact]
    public void Groups_that_are_not_dealt_are_not_emitted() => Assert.DoesNotContain(
        "Clauses", Emitted("[Model(8)]", "[Linear(4), Relu, Expand(2), Clause(0, 1)] public partial Linear Hidden { get; }"), StringComparison.Ordinal);

    private static string Emitted(string model, params string[] layers)
    {
        GeneratedProject project = TestProject.Generate(TestProject.Compile(
            $"#pragma warning disable CS1591\nusing Fpe;\n{Diagnose.Net(model, [.. layers, "[Linear(2)] public partial Linear Logits { get; }"])}"));
        Assert.Empty(project.Problems);
        return project.Result.GeneratedSources.Single().SourceText.ToString();
    }
}
