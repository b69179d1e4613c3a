using Fpe.Generators.Tests.Support;
using static Fpe.Generators.Tests.Support.Diagnose;

namespace Fpe.Generators.Tests.Diagnostics;

public sealed class ClauseDiagnostics
{
    private const string Logits = "[Linear(2)] public partial Linear Logits { get; }";

    [Fact]
    public Task FPE0022_no_groups() => Reports(
        Net("[Model(12)]", Hidden("Relu, Expand(2, Split.Clause)"), Logits),
        new Expected("FPE0022", "Split.Clause", "Net.Hidden: Split.Clause assigns groups of inputs to children, but no [Clause] declares groups of the layer's 12 inputs; add them to Hidden, or use Split.Random"));

    [Fact]
    public Task FPE0022_default_that_reaches_a_deeper_layer() => Reports(
        Net("[Model(12), Expand(2, strategy: Split.Clause), Clause(0, 1), Clause(2, 3)]", Hidden("Relu"), "[Linear(8)] public partial Linear Middle { get; }", Logits),
        new Expected("FPE0022", "Split.Clause", "Net.Middle: Split.Clause assigns groups of inputs to children, but no [Clause] declares groups of the layer's 8 inputs; add them to Middle, or give it its own [Expand]"));

    [Theory]
    [InlineData("Clause(0, 12)", "12")]
    [InlineData("Clause(new[] { 0, -1 })", "-1")]
    [InlineData("Clause(new int[] { 99 })", "99")]
    [InlineData("Clause([0, 1, 13])", "13")]
    public Task FPE0023_index_out_of_range(string clause, string index) => Reports(
        Net($"[Model(12), {clause}]", Hidden("Relu, Expand(2, Split.Clause)"), Logits),
        new Expected("FPE0023", index, $"Net.Hidden: input {index} does not exist; the 12 inputs are numbered 0 to 11"));

    [Fact]
    public Task FPE0023_in_parentheses_is_at_the_attribute() => Reports(
        Net("[Model(12)]", Hidden("Relu, Expand(2, Split.Clause), Clause((new[] { 0, 12 }))"), Logits),
        new Expected("FPE0023", "Clause((new[] { 0, 12 }))", "Net.Hidden: input 12 does not exist; the 12 inputs are numbered 0 to 11"));

    /// <summary>An input that does not exist leaves all others without a group, so that there are enough parts.</summary>
    [Fact]
    public Task FPE0023_alone() => Reports(
        Net("[Model(4)]", Hidden("Relu, Expand(4, Split.Clause), Clause(0, 4)"), Logits),
        new Expected("FPE0023", "4", "Net.Hidden: input 4 does not exist; the 4 inputs are numbered 0 to 3"));

    [Theory]
    [InlineData("Clause(0, 1), Clause(2, 1)")]
    [InlineData("Clause(0, 1, 1)")]
    public Task FPE0024_input_twice(string clauses) => Reports(
        Net($"[Model(12), {clauses}]", Hidden("Relu, Expand(2, Split.Clause)"), Logits),
        new Expected("FPE0024", "1", "Net.Hidden: input 1 is named twice, but an input can be in at most one group; remove it here or from the first group"));

    [Fact]
    public Task FPE0025_fewer_groups_than_children() => Reports(
        Net("[Model(12), Clause(0, 1, 2, 3, 4), Clause(5, 6, 7, 8, 9, 10)]", Hidden("Relu, Expand(factor: 4, strategy: Split.Clause)"), Logits),
        new Expected("FPE0025", "4", "Net.Hidden: factor 4 is larger than the 3 parts to assign (groups: 2, inputs without a group: 1), so a child would have no weights; the largest factor that fits is 3"));

    [Fact]
    public Task Groups_and_single_inputs_can_be_as_many_as_children() => Reports(
        Net("[Model(12), Clause(0, 1, 2, 3, 4), Clause(5, 6, 7, 8, 9, 10)]", Hidden("Relu, Expand(3, Split.Clause)"), Logits));

    private static string Hidden(string attributes) => $"[Linear(8), {attributes}] public partial Linear Hidden {{ get; }}";
}
