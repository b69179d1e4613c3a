using Fpe.Compute;
using Fpe.Expansion;

namespace Fpe.Runtime.Tests.Layers;

/// <summary>Plans are values: equal if they declare the same, which is what lets the generator stop at unchanged models.</summary>
public sealed class PlanEqualityTests
{
    [Fact]
    public void Plans_that_declare_the_same_are_equal()
    {
        Assert.Equal(Layers(1), Layers(1));
        Assert.Equal(Layers(1).Select(plan => plan.GetHashCode()), Layers(1).Select(plan => plan.GetHashCode()));
        Assert.All(Layers(1).Zip(Layers(2)), pair => Assert.NotEqual(pair.First, pair.Second));
    }

    [Fact]
    public void Groups_of_inputs_compare_by_their_inputs_in_order()
    {
        Assert.Equal(Clauses([0, 1], [2]), Clauses([0, 1], [2]));
        Assert.Equal(Clauses([0, 1], [2]).GetHashCode(), Clauses([0, 1], [2]).GetHashCode());
        Assert.NotEqual(Clauses([0, 1], [2]), Clauses([0], [1, 2]));
        Assert.NotEqual(Clauses([0, 1], [2]), Clauses([1, 0], [2]));
        Assert.NotEqual(Clauses([0, 1], [2]), Clauses([0, 1]));
        Assert.Equal(ExpansionPlan.None, ExpansionPlan.None with { Clauses = [] });
    }

    [Fact]
    public void Groups_of_inputs_are_copied()
    {
        int[] group = [0, 1];
        ExpansionPlan plan = Clauses(group);
        group[0] = 5;
        Assert.Equal(0, plan.Clauses[0][0]);
        Assert.Contains("Clauses = [[0, 1]]", plan.ToString(), StringComparison.Ordinal);
    }

    private static ExpansionPlan Clauses(params int[][] groups) => new(2, Split.Clause) { Clauses = groups };

    private static LayerPlan[] Layers(int padding) =>
    [
        new Conv2dPlan("Edges", new ImageShape(1, 8, 8), 4, 3, Padding: padding, Activation: ActivationFunction.Relu),
        new Conv2dPlan("Wide", new ImageShape(2, 8, 8), 4, new Window2d(new WindowSide(3, 1, 0, padding), new WindowSide(2)), Groups: 2),
        new Conv1dPlan("Places", 4, 8, 4, 3, Padding: padding, Groups: 2),
        new DepthwiseConv2dPlan("Depth", new ImageShape(2, 8, 8), padding, Window2d.Square(3)),
        new MaxPool2dPlan("Pool", new ImageShape(4, 8, 8), 2, 1 + padding),
        new AvgPool2dPlan("Means", new ImageShape(4, 8, 8), 2, 1 + padding),
        new MaxPool2dPlan("Wide", new ImageShape(4, 8, 8), 4, 2, padding),
        new AvgPool2dPlan("WideMeans", new ImageShape(4, 8, 8), 4, 2, padding),
        new FlattenPlan("Features", new ImageShape(4, 4, 4 * padding)),
        new DropoutPlan("Noise", 64, 0.1 * padding),
        new Dropout2dPlan("Channels", new ImageShape(4, 8, 8), 0.1 * padding),
        new LinearPlan("Hidden", 64, 8, ActivationFunction.Relu) { Expansion = new ExpansionPlan(2, Split.Clause) { Clauses = [[0, padding]] } },
    ];
}
