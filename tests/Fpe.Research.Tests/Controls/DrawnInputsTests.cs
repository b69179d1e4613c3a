using Fpe.Expansion;

namespace Fpe.Research.Tests.Controls;

/// <summary>A method that chooses the inputs of children by itself: what it chooses is checked, by name and number.</summary>
public sealed class DrawnInputsTests
{
    public static TheoryData<string, Func<int[][][], int[][][]>> Broken => new()
    {
        { "inputs for 1 groups of neurons instead of 2", drawn => drawn[..1] },
        { "3 children in group 0 instead of 2", drawn => [[.. drawn[0], []], drawn[1]] },
        { "5 inputs in group 1 instead of 4", drawn => [drawn[0], [[0, 1, 2], [0, 1]]] },
        { "input 4 in group 0, but it has inputs 0 to 3", drawn => [[[0, 4], [1, 2]], drawn[1]] },
        { "input -1 in group 1, but it has inputs 0 to 3", drawn => [drawn[0], [[0, 1], [2, -1]]] },
        { "input 2 twice to a child in group 1", drawn => [drawn[0], [[0, 1], [2, 2]]] },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Inputs_that_cannot_be_are_named(string problem, Func<int[][][], int[][][]> change)
    {
        using var model = new PlannedModel(Plan, seed: 1);
        Assert.Equal($"Chosen gives Hidden {problem}.", Assert.Throws<ExpansionException>(() => model.Expand(new Chosen(change))).Message);
        Assert.False(model.IsExpanded);
    }

    [Fact]
    public void Children_read_the_inputs_that_were_chosen()
    {
        using var model = new PlannedModel(Plan, seed: 1);
        model.Expand(new Chosen(drawn => [[[3], [0, 1, 2]], [[1, 0], [1, 0]]]));
        var hidden = (Linear)model.Layers[0];
        float[] weights = hidden.ToDense();
        int[][] read = [.. Enumerable.Range(0, 8).Select(row => Enumerable.Range(0, 4).Where(column => weights[(row * 4) + column] != 0).ToArray())];
        // two groups of two neurons; of each the first children come before the second
        Assert.Equal([[3], [3], [0, 1, 2], [0, 1, 2], [0, 1], [0, 1], [0, 1], [0, 1]], read);
        Assert.Equal([0, 1, 0, 1, 2, 3, 2, 3], Enumerable.Range(0, 8).Select(hidden.NeuronOf));
    }

    /// <summary>Outgoing edges are dealt, so that no weight is pruned.</summary>
    private static ModelPlan Plan { get; } = new(
        "TestNet", 4, [new LinearPlan("Hidden", 4, 4) { Expansion = new ExpansionPlan(2, Split.Random, Share: 2, Outgoing.Deal) }, new LinearPlan("Logits", 4, 3)]);

    private sealed class Chosen(Func<int[][][], int[][][]> change) : SplitExpansion
    {
        protected override int[][][] DrawInputs(ParentLayer parent, long seed, int layer) => change(base.DrawInputs(parent, seed, layer));
    }
}
