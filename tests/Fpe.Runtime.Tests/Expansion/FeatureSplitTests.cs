using Fpe.Expansion;
using Fpe.Numerics;

namespace Fpe.Runtime.Tests.Expansion;

public sealed class FeatureSplitTests
{
    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 1)]
    [InlineData(16, 1)]
    public void Inputs_that_are_used_alike_stay_together(int factor, int spread)
    {
        // 16 features of four inputs each, shuffled: input i belongs to feature i · 5 mod 16
        const int Inputs = 64;
        static int FeatureOf(int input) => input * 5 % 16;
        var random = new RandomStream(5, RandomPurpose.Synthesis);
        double[] features = [.. Enumerable.Range(0, 16 * 20).Select(_ => random.NextDouble() - 0.5)];
        var weights = new double[20 * Inputs];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = features[(FeatureOf(i % Inputs) * 20) + (i / Inputs)] + (0.001 * random.NextDouble());

        int[] childOf = Draw(Parent(Inputs, 20, factor, weights));

        foreach (IGrouping<int, int> feature in Enumerable.Range(0, Inputs).GroupBy(FeatureOf))
            Assert.Single(feature.Select(input => childOf[input]).Distinct());
        int[] sizes = [.. childOf.CountBy(child => child).Select(count => count.Value)];
        Assert.Equal(factor, sizes.Length);
        Assert.InRange(sizes.Max() - sizes.Min(), 0, 4 * spread);
    }

    [Fact]
    public void Inputs_of_each_group_of_neurons_are_clustered_by_themselves()
    {
        // The neurons of the first group use pairs of inputs alike that are far from each other, those of the second neighbours.
        const int Inputs = 32, Neurons = 20;
        static int FeatureOf(int group, int input) => group == 0 ? input % 16 : input / 2;
        var random = new RandomStream(5, RandomPurpose.Synthesis);
        double[] features = [.. Enumerable.Range(0, 16 * Neurons).Select(_ => random.NextDouble() - 0.5)];
        var weights = new double[2 * Neurons * Inputs];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = features[(FeatureOf(i / Inputs / Neurons, i % Inputs) * Neurons) + (i / Inputs % Neurons)];

        ParentLayer parent = Parent(Inputs, 2 * Neurons, factor: 4, weights) with { InputGroups = 2 };
        for (int group = 0; group < 2; group++)
        {
            int[] childOf = Draw(parent, group);
            foreach (IGrouping<int, int> feature in Enumerable.Range(0, Inputs).GroupBy(input => FeatureOf(group, input)))
                Assert.Single(feature.Select(input => childOf[input]).Distinct());
        }
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(5, 2)]
    [InlineData(40, 20)]
    public void No_child_stays_empty_with_few_inputs_or_many_children(int inputs, int factor)
    {
        double[] weights = [.. Enumerable.Range(0, 3 * inputs).Select(i => Math.Sin(i))];
        Assert.Equal(factor, Draw(Parent(inputs, 3, factor, weights)).Distinct().Count());
    }

    private static ParentLayer Parent(int inputs, int neurons, int factor, double[] weights) =>
        new("Hidden", inputs, neurons, new ExpansionPlan(factor, Split.Feature), weights, new double[neurons]);

    private static int[] Draw(ParentLayer parent, int group = 0)
    {
        var childOf = new int[parent.Inputs];
        ISplitStrategy strategy = FeatureSplit.OfSections(parent, new RandomStream(1, RandomPurpose.Clustering))(group);
        strategy.Draw(childOf, parent.Expansion.Factor, new RandomStream(1, RandomPurpose.IncomingSplit));
        return childOf;
    }
}
