using Fpe.Expansion;

namespace Fpe.Runtime.Tests.Expansion;

public sealed class ExpansionRulesTests
{
    private static readonly ParentLayer Output = Layer("Logits", 4, 3, ExpansionPlan.None);

    public static TheoryData<ExpansionPlan, string> BrokenPlans => new()
    {
        { new(0), "Hidden: factor 0 is below 1; use 1 to keep a layer dense, or at least 2 to expand it." },
        { new(2, Share: 0), "Hidden: Share must be at least 1, but is 0." },
        {
            new(7),
            "Hidden: factor 7 is larger than its 6 inputs, so a child would have no weights; the largest factor that fits is 6."
        },
        {
            new(4, Outgoing: Outgoing.Deal),
            "Hidden: factor 4 is larger than the 3 neurons of Logits, so with Outgoing.Deal a child would have no reader; "
            + "the largest factor that fits is 3."
        },
        { new(2, Split.Clause), "Hidden: Split.Clause assigns groups of inputs to children, but no clause declares groups of the layer's 6 inputs; add them, or use Split.Random." },
        { new(2, Split.Clause) { Clauses = [[0], []] }, "Hidden: clause 1 has no inputs; remove it." },
        { new(2, Split.Clause) { Clauses = [[0], [6]] }, "Hidden: input 6 does not exist; the 6 inputs are numbered 0 to 5." },
        { new(2, Split.Clause) { Clauses = [[-1]] }, "Hidden: input -1 does not exist; the 6 inputs are numbered 0 to 5." },
        { new(2, Split.Clause) { Clauses = [[0, 1], [1]] }, "Hidden: input 1 is named twice, but an input can be in at most one group; remove it from one." },
        {
            new(4, Split.Clause) { Clauses = [[0, 1, 2], [3, 4]] },
            "Hidden: factor 4 is larger than the 3 parts to assign (groups: 2, inputs without a group: 1), so a child would have no weights; "
            + "the largest factor that fits is 3."
        },
        { new(2, (Split)9), "Hidden: 9 is not a value of Split; use Split.Random, Split.Clause, Split.Feature or Split.Learned." },
        { new(2, Outgoing: (Outgoing)9), "Hidden: 9 is not a value of Outgoing; use Outgoing.Prune or Outgoing.Deal." },
    };

    [Theory]
    [MemberData(nameof(BrokenPlans))]
    public void A_plan_that_cannot_work_is_named_with_its_numbers_and_fix(ExpansionPlan plan, string message) =>
        Assert.Equal(message, Error<PlanException>(Layer("Hidden", 6, 4, plan), Output));

    [Fact]
    public void The_output_layer_is_not_expanded() => Assert.Equal(
        "Logits: the output layer cannot be expanded, because its neurons are the model's outputs; use factor 1.",
        Error<PlanException>(Layer("Logits", 6, 4, new(2))));

    [Fact]
    public void Layers_have_to_fit() => AssertBroken(
        "Hidden: 5 neurons, but Logits has 4 inputs; make them equal.",
        Layer("Hidden", 6, 5, new(2)), Output);

    [Fact]
    public void Values_have_to_fit()
    {
        AssertBroken("Logits: 11 weights do not match 3 neurons × 4 inputs.", Output with { Weights = new double[11] });
        AssertBroken("Logits: 2 biases do not match 3 neurons.", Output with { Biases = new double[2] });
        AssertBroken("Logits: 0 inputs and 3 neurons; both must be positive.", Output with { Inputs = 0 });
    }

    [Theory]
    [InlineData(0, double.NaN, "[0, 0] is NaN")]
    [InlineData(9, double.NaN, "[1, 3] is NaN")]
    [InlineData(9, double.NegativeInfinity, "[1, 3] is -Infinity")]
    public void Weights_have_to_be_finite(int index, double value, string problem)
    {
        ParentLayer broken = Layer("Hidden", 6, 4, new(2));
        broken.Weights[index] = value;
        AssertBroken($"Hidden: weight {problem}; training diverged, a lower learning rate may help.", broken, Output);
    }

    [Theory]
    [InlineData(37, "Pruning cannot work: a budget of 37 weights exceeds the maximum after pruning, 36; lower it.")]
    [InlineData(17, "Pruning cannot work: a budget of 17 weights is below 18, since pruning leaves every layer half of its weights in the dense parent; lower a factor, or do not count biases.")]
    public void The_budget_has_to_be_between_the_floors_and_what_there_is(long budget, string message)
    {
        ParentLayer[] parents = [Layer("Hidden", 6, 4, ExpansionPlan.None), Output];
        Assert.Equal(message, Assert.Throws<ExpansionException>(() => SplitExpansion.Default.Expand(parents, budget, seed: 1)).Message);
    }

    [Fact]
    public void Copies_of_weights_have_to_fit_into_an_array() => AssertBroken(
        "Logits: 2621440000 weights before pruning exceed the capacity of an array, 2147483591; make the layer smaller.",
        Layer("Hidden", 65_536, 1, new(65_536)), Layer("Logits", 1, 40_000, ExpansionPlan.None));

    [Fact]
    public void There_has_to_be_a_layer() => AssertBroken("The model has no layer with weights; add at least an output layer.");

    private static void AssertBroken(string message, params ParentLayer[] parents) =>
        Assert.Equal(message, Error<ExpansionException>(parents));

    private static string Error<TException>(params ParentLayer[] parents)
        where TException : FpeException => Assert.Throws<TException>(() => SplitExpansion.Default.Expand(parents, 1, seed: 1)).Message;

    private static ParentLayer Layer(string name, int inputs, int neurons, ExpansionPlan plan) =>
        new(name, inputs, neurons, plan, new double[inputs * neurons], new double[neurons]);
}
