using Fpe.Expansion;
using Fpe.Research.Controls;
using Fpe.Runtime.Tests.Layers;
using FsCheck;
using FsCheck.Fluent;

namespace Fpe.Research.Tests.Controls;

public class DenseControlTests
{
    [Theory]
    [InlineData(64, 1.0, 64)]
    [InlineData(64, 1.2, 77)]
    [InlineData(64, 2.0, 128)]
    [InlineData(4, 1.2, 5)]
    [InlineData(4, 0.01, 1)]
    public void One_hidden_layer_takes_the_nearest_width(int hidden, double ratio, int expected)
    {
        ModelPlan scaled = DenseControl.Scaled(Plans.OneHidden(784, hidden, 10, new ExpansionPlan(2)), ratio);
        Assert.Equal([expected, 10], scaled.Linears.Select(layer => layer.Neurons));
        Assert.Equal(794 * expected, scaled.DenseWeights);
        Assert.False(scaled.IsExpanded);
    }

    [Fact]
    public void No_common_factor_comes_nearer() => Prop.ForAll(
        Gen.Choose(1, 60).Three().Zip(Gen.Choose(2, 50)).ToArbitrary(),
        sizes =>
        {
            ((int inputs, int first, int second), int tenths) = sizes;
            ModelPlan plan = Plan(inputs, first, second);
            double target = tenths / 10.0 * plan.DenseWeights;
            double distance = Math.Abs(DenseControl.Scaled(plan, tenths / 10.0).DenseWeights - target);
            for (double factor = 0.05; factor < 6; factor += 0.01)
            {
                ModelPlan other = Plan(inputs, Math.Max(1, (int)Math.Round(first * factor)), Math.Max(1, (int)Math.Round(second * factor)));
                Assert.True(distance <= Math.Abs(other.DenseWeights - target) + 1e-9);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void Dropout_follows_and_activations_stay()
    {
        var plan = new ModelPlan("TestNet", 8,
        [
            new LinearPlan("Hidden", 8, 6, Fpe.Compute.ActivationFunction.Tanh) { Expansion = new ExpansionPlan(2) },
            new DropoutPlan("Drop", 6, 0.5),
            new LinearPlan("Logits", 6, 3),
        ]);
        ModelPlan scaled = DenseControl.Scaled(plan, 2);
        Assert.Equal(
            [new LinearPlan("Hidden", 8, 12, Fpe.Compute.ActivationFunction.Tanh), new DropoutPlan("Drop", 12, 0.5), new LinearPlan("Logits", 12, 3)],
            scaled.Layers);
        Assert.Equal(2 * plan.DenseWeights, scaled.DenseWeights);
    }

    [Fact]
    public void DropConnect_is_as_wide_as_the_expanded_network_and_keeps_its_count_on_average()
    {
        ModelPlan plan = Plans.OneHidden(784, 64, 10, new ExpansionPlan(4));
        ModelPlan control = DenseControl.DropConnect(plan);
        Assert.Equal([256, 10], control.Linears.Select(layer => layer.Neurons));
        Assert.Equal(4 * plan.DenseWeights, control.DenseWeights);
        Assert.All(control.Layers, layer => Assert.Equal(0.75, Assert.IsType<DropConnectPlan>(layer).Rate, 1e-12));
        Assert.False(control.IsExpanded);
    }

    [Fact]
    public void A_plan_that_forgets_its_kind_is_refused()
    {
        ModelPlan plan = Plans.Chain(8, false, new ForgetfulPlan("Hidden", 8, 6), new LinearPlan("Logits", 6, 3));
        Assert.Equal(
            "TestNet.Hidden is a ForgetfulPlan, but with other widths a LinearPlan; override WithWidths.",
            Assert.Throws<InvalidOperationException>(() => DenseControl.Scaled(plan, 2)).Message);
    }

    [Fact]
    public void DropConnect_stays_at_other_widths()
    {
        ModelPlan plan = Plans.Chain(8, false, new DropConnectPlan("Hidden", 8, 6, 0.25), new LinearPlan("Logits", 6, 3));
        Assert.Equal([new DropConnectPlan("Hidden", 8, 12, 0.25), new LinearPlan("Logits", 12, 3)], DenseControl.Scaled(plan, 2).Layers);
    }

    [Fact]
    public void What_cannot_be_scaled_is_named()
    {
        ModelPlan shallow = Plans.Chain(8, false, new LinearPlan("Logits", 8, 3));
        Assert.StartsWith("TestNet has no hidden layer to make wider.", Assert.Throws<ArgumentException>(() => DenseControl.Scaled(shallow, 2)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => DenseControl.Scaled(Plan(2, 2, 2), 0));
    }

    private sealed record ForgetfulPlan(string Name, int Inputs, int Neurons) : LinearPlan(Name, Inputs, Neurons);

    private static ModelPlan Plan(int inputs, int first, int second) => Plans.Chain(
        inputs, false, new LinearPlan("First", inputs, first), new LinearPlan("Second", first, second), new LinearPlan("Logits", second, 7));
}
