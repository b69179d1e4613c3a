using Fpe.Generators.Tests.Support;
using static Fpe.Generators.Tests.Support.Diagnose;

namespace Fpe.Generators.Tests.Diagnostics;

/// <summary>What is wrong with N:M patterns.</summary>
public sealed class PatternDiagnostics
{
    private const string Logits = "[Linear(10)] public partial Linear Logits { get; }";

    [Theory]
    [InlineData("Expand(2, Within = 2)")]
    [InlineData("Expand(4, Split.Random, Share = 4, Outgoing = Outgoing.Deal, Within = 8)")]
    [InlineData("Expand(2, Split.Learned, Within = 64)")]
    [InlineData("Expand(2, Split.Clause, Within = 0), Clause(0), Clause(1)")]
    public Task Nothing_is_reported_for(string expand) => Reports(Net("[Model(64)]", Hidden($"Relu, {expand}"), Logits));

    [Fact]
    public Task FPE0012_comes_first() => Reports(
        Net("[Model(64)]", Hidden("Relu, Expand(65, Within = 4)"), Logits),
        new Expected("FPE0012", "65", "Net.Hidden: factor 65 is larger than its 64 inputs, so a child would have no weights; the largest factor that fits is 64"));

    [Fact]
    public Task FPE0028_of_a_dense_layer() => Reports(
        Net("[Model(64)]", Hidden("Relu, Expand(1, Within = 4)"), Logits),
        new Expected("FPE0028", "Within = 4", "Net.Hidden: Within has no effect, because factor 1 keeps the layer dense; remove it"));

    [Theory]
    [InlineData(64, 2, "6", "use 4 or 8")]
    [InlineData(64, 4, "6", "use 4 or 8")]
    [InlineData(64, 4, "2", "use 4")]
    [InlineData(64, 4, "128", "use 64")]
    [InlineData(16, 16, "8", "use 16")]
    [InlineData(64, 4, "-4", "use 4")]
    [InlineData(60, 4, "8", "use 4 or 12")]
    [InlineData(64, 3, "6", "no number fits, because factor 3 does not divide 64; use factor 2 or 4, or remove Within")]
    [InlineData(7, 2, "4", "no number fits, because factor 2 does not divide 7; use factor 7, or remove Within")]
    public Task FPE0045_pattern_that_does_not_divide(int inputs, int factor, string within, string remedy) => Reports(
        Net($"[Model({inputs})]", Hidden($"Relu, Expand({factor}, Within = {within})"), Logits),
        new Expected("FPE0045", within, $"Net.Hidden: Within = {within} must be a multiple of factor {factor} that divides the layer's {inputs} inputs; {remedy}"));

    [Theory]
    [InlineData(16, "use factor 16, or remove Within")]
    [InlineData(1, "remove Within")]
    public Task FPE0045_of_more_children_than_inputs(int inputs, string remedy) => Reports(
        Net($"[Model({inputs})]", Hidden("Relu, Expand(64, Split.Learned, Within = 64)"), Logits),
        new Expected("FPE0045", "64", $"Net.Hidden: Within = 64 must be a multiple of factor 64 that divides the layer's {inputs} inputs; no number fits, because factor 64 does not divide {inputs}; {remedy}"));

    [Fact]
    public Task FPE0045_by_the_default_of_the_class() => Reports(
        Net("[Model(64), Expand(2, Within = 8)]", Hidden("Relu"), "[Linear(8), Relu] public partial Linear Second { get; }", Logits),
        new Expected("FPE0045", "8", "Net.Second: Within = 8 must be a multiple of factor 2 that divides the layer's 4 inputs; use 4"));

    [Theory]
    [InlineData("Expand(2, Split.Clause, Within = 4), Clause(0), Clause(1)", "Split.Clause")]
    [InlineData("Expand(2, Split.Feature, Within = 4)", "Split.Feature")]
    public Task FPE0046_groups(string expand, string strategy) => Reports(
        Net("[Model(64)]", Hidden($"Relu, {expand}"), Logits),
        new Expected("FPE0046", "Within = 4", $"Net.Hidden: Within does not apply to {strategy}, because it deals whole groups; remove it, or use Split.Random or Split.Learned"));

    [Fact]
    public Task FPE0046_learned_width() => Reports(
        Net("[Model(64), NonZeroBudget(100)]", Hidden("Relu, Expand(1, Split.Learned, Within = 4)"), Logits),
        new Expected("FPE0046", "Within = 4", "Net.Hidden: Within does not apply to factor 1, because a single child would read every input; remove it, or use a factor of 2 or more"));

    private static string Hidden(string attributes) => $"[Linear(4), {attributes}] public partial Linear Hidden {{ get; }}";
}
