using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Research.Reference;

namespace Fpe.Runtime.Tests.Layers;

public class ModelTests
{
    private static readonly Device Device = new ReferenceDevice(ElementType.Float32);

    [Theory]
    [MemberData(nameof(Expansions.Names), MemberType = typeof(Expansions))]
    public void Counts_are_the_compilers_before_and_after_expansion(string name)
    {
        ModelPlan plan = Expansions.Plan(name);
        using var model = new PlannedModel(plan, seed: 1, Device);
        Assert.Equal(plan.DenseWeights, model.WeightCount);
        Assert.Equal(plan.DenseBiases, model.BiasCount);
        if (!plan.IsExpanded)
            return;

        model.Expand();
        Assert.Equal(plan.ExpandedWeights, model.WeightCount);
        Assert.Equal(plan.ExpandedBiases, model.BiasCount);
        long dense = plan.DenseWeights + (plan.CountBiases ? plan.DenseBiases : 0);
        Assert.Equal(dense, model.WeightCount + (plan.CountBiases ? model.BiasCount : 0));
    }

    [Fact]
    public void Initial_values_are_uniform_within_the_root_of_the_fan_in()
    {
        using var model = new PlannedModel(Plans.OneHidden(64, 50, 10, ExpansionPlan.None), seed: 3, Device);
        double[] weights = model.Linears.First().ReadWeights();
        Assert.All(weights, weight => Assert.InRange(weight, -0.125, 0.125));
        Assert.InRange(weights.Average(), -0.01, 0.01);
        // The variance of a uniform number in ±b is b²/3.
        Assert.InRange(weights.Average(weight => weight * weight), 0.9 * 0.125 * 0.125 / 3, 1.1 * 0.125 * 0.125 / 3);
    }

    [Fact]
    public void The_seed_decides_the_weights()
    {
        ModelPlan plan = Expansions.Plan("random");
        Assert.Equal(Weights(1), Weights(1));
        Assert.NotEqual(Weights(1), Weights(2));

        double[] Weights(long seed)
        {
            using var model = new PlannedModel(plan, seed, Device);
            model.Expand();
            return [.. model.Linears.SelectMany(layer => layer.ReadWeights())];
        }
    }

    [Fact]
    public void Outputs_are_those_of_the_dense_matrices()
    {
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 4, Device);
        model.Expand();
        float[] input = [.. Enumerable.Range(0, 8).Select(i => (i - 3) / 4f)];
        Linear[] linears = [.. model.Linears];
        double[] hidden = Apply(linears[0], [.. input.Select(value => (double)value)]);
        double[] expected = Apply(linears[1], [.. hidden.Select(value => Math.Max(0, value))]);
        float[] outputs = model.Outputs(input);
        for (int o = 0; o < expected.Length; o++)
            Assert.Equal(expected[o], outputs[o], 1e-5);

        static double[] Apply(Linear layer, double[] x)
        {
            float[] matrix = layer.ToDense();
            double[] biases = layer.ReadBiases();
            return [.. Enumerable.Range(0, layer.OutputCount).Select(o => biases[o] + x.Select((value, i) => value * matrix[(o * x.Length) + i]).Sum())];
        }
    }

    [Fact]
    public void A_batch_gives_each_sample_its_own_outputs()
    {
        using var model = new PlannedModel(Expansions.Plan("deal"), seed: 4, Device);
        model.Expand();
        const int Samples = 600;
        float[] inputs = [.. Enumerable.Range(0, Samples * 8).Select(i => MathF.Sin(i))];
        float[] all = model.Outputs(inputs);
        for (int s = 0; s < Samples; s += 37)
            Assert.Equal(all[(s * 5)..((s * 5) + 5)], model.Outputs(inputs.AsSpan(s * 8, 8)));
        Assert.Empty(model.Outputs([]));
    }

    [Fact]
    public void The_predicted_class_is_the_first_of_the_largest_outputs()
    {
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 4, Device);
        float[] input = [.. Enumerable.Range(0, 8).Select(i => i / 8f)];
        float[] outputs = model.Outputs(input);
        Assert.Equal(Array.IndexOf(outputs, outputs.Max()), model.Predict(input));
    }

    [Fact]
    public void Wrong_lengths_are_named()
    {
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 4, Device);
        var input = Assert.Throws<ArgumentException>(() => model.Outputs(new float[9]));
        Assert.StartsWith("TestNet reads samples of 8 values, but got 9 values, which is not a whole number of samples.", input.Message, StringComparison.Ordinal);
        var output = Assert.Throws<ArgumentException>(() => model.Forward(new float[16], new float[5]));
        Assert.StartsWith("TestNet computes 3 outputs for each of 2 samples, but the span has room for 5 values.", output.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_is_expanded_once_and_only_where_it_declares_an_expansion()
    {
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 4, Device);
        model.Expand();
        Assert.Contains("already expanded", Assert.Throws<InvalidOperationException>(model.Expand).Message, StringComparison.Ordinal);
        using var dense = new PlannedModel(Expansions.Plan("dense"), seed: 4, Device);
        Assert.Contains("no layer to expand", Assert.Throws<InvalidOperationException>(dense.Expand).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_with_a_wrong_count_is_refused()
    {
        var error = Assert.Throws<WeightCountException>(() => new ModelPlan(
            "TestNet", 8, false, 66, 66, 65, [new LinearPlan("Hidden", 8, 6), new LinearPlan("Logits", 6, 3)]));
        Assert.Equal((65, 66), (error.Declared, error.Counted));
        Assert.StartsWith("TestNet: 66 weights of the expanded model, but the compiler proved 65;", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_have_the_names_PyTorch_would_give_them()
    {
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 4, Device);
        Assert.Equal(["hidden.weight", "hidden.bias", "logits.weight", "logits.bias"], model.Parameters.Select(parameter => parameter.Name));
    }

    [Fact]
    public void The_summary_shows_what_was_kept()
    {
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 4, Device);
        model.Expand();
        ModelSummary summary = model.Summarize();
        Assert.Equal((66, 48 + 54, 66, 36), (summary.DenseWeights, summary.WeightsBeforePruning, summary.Weights, summary.PrunedWeights));
        Assert.Equal((6, 3, 18), (summary.Layers[0].Parents, summary.Layers[0].Children, summary.Layers[0].Outputs));
        Assert.Equal(66, summary.MultiplyAdds);
        Assert.Equal(1 + 2 + 1 + summary.Notes().Count(), summary.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("6 × 3", summary.ToString(), StringComparison.Ordinal);
    }

    /// <summary>8 · 4 + 4 weights pay for 28 biases, but half of them have to stay.</summary>
    [Fact]
    public void A_plan_whose_biases_leave_less_than_half_of_the_weights_is_refused()
    {
        var broken = Assert.Throws<PlanException>(() => Plans.OneHidden(8, 4, 1, new ExpansionPlan(8), countBiases: true));
        Assert.Equal(
            "TestNet: a budget of 8 weights is below 18, since pruning leaves every layer half of its weights in the dense parent; lower a factor, or do not count biases.",
            broken.Message);
    }
}
