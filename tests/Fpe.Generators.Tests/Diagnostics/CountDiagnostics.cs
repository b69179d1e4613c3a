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

    [Fact]
    public Task A_budget_that_is_just_met_is_accepted() => Reports(Net("[Model(64), NonZeroBudget(296)]", Hidden, Logits));

    [Theory]
    [InlineData("[Model(2000000000)]", "[Linear(2)] public partial Linear Logits { get; }", "Logits", "2", "4000000000")]
    [InlineData("[Model(2147483647)]", "[Linear(2147483647)] public partial Linear Logits { get; }", "Logits", "2147483647", "4611686014132420609")]
    public Task FPE0021_too_large(string model, string layer, string name, string squiggle, string count) => Reports(
        Net(model, layer),
        new Expected("FPE0021", squiggle, $"Net.{name}: the layer would have {count} weights, but can have 2147483591 at most; use fewer neurons or a smaller factor"));

    [Fact]
    public Task FPE0021_copies_of_the_layer_below() => Reports(
        Net("[Model(40000)]", "[Linear(40000), Expand(2)] public partial Linear First { get; }", "[Linear(40000)] public partial Linear Second { get; }"),
        new Expected("FPE0021", "40000", "Net.Second: the layer would have 3200000000 weights, but can have 2147483591 at most; use fewer neurons or a smaller factor"));
}
