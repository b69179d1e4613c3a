using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Research.Controls;
using Fpe.Research.Reference;
using Fpe.Runtime.Tests.Layers;
using Fpe.Runtime.Tests.Training;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Expansion;

/// <summary>What every method promises, and what happens to one that breaks its promise.</summary>
public sealed class ExpansionMethodTests
{
    private const long Seed = 42;

    private static readonly Dictionary<string, ExpansionMethod> Methods = new()
    {
        ["split"] = SplitExpansion.Default,
        ["split in blocks"] = new SplitExpansion { BlockSize = 3 },
        ["overlapping"] = new OverlappingExpansion(),
        ["random sparse"] = new RandomSparseExpansion(),
    };

    public static TheoryData<string> Names => [.. Methods.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Widths_and_counts_are_the_plans(string name) => Chain.ForAll(chain =>
    {
        long budget = chain.Counts(countBiases: false).Expanded;
        IReadOnlyList<ExpandedLayer> expanded = Methods[name].Expand(chain.Parents, budget, Seed);
        Assert.Equal(budget, expanded.Sum(layer => Edge.Of(layer).Count));
        for (int l = 0; l < expanded.Count; l++)
        {
            List<Edge> edges = Edge.Of(expanded[l]);
            Assert.Equal(edges.Count, edges.Select(edge => (edge.Row, edge.Column)).Distinct().Count());
            Assert.Equal(chain.Parents[l].Neurons * chain.Parents[l].Expansion.Factor, expanded[l].Layout.OutputCount);
        }
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void The_seed_alone_decides(string name) => Chain.ForAll(chain =>
    {
        long budget = chain.Counts(countBiases: false).Expanded;
        IReadOnlyList<ExpandedLayer> first = Methods[name].Expand(chain.Parents, budget, Seed);
        IReadOnlyList<ExpandedLayer> second = Methods[name].Expand(chain.Parents, budget, Seed);
        Assert.Equal(first.SelectMany(Edge.Of), second.SelectMany(Edge.Of));
        Assert.Equal(first.SelectMany(layer => layer.Biases), second.SelectMany(layer => layer.Biases));
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void A_model_is_trained_with_the_method_of_its_options(string name)
    {
        ModelPlan plan = Plans.OneHidden(8, 6, 3, new ExpansionPlan(3));
        var options = new TrainingOptions { Epochs = 3, ExpandAfter = 1, BatchSize = 10, Expansion = Methods[name] };
        using var model = new PlannedModel(plan, Seed);
        using var byHand = new PlannedModel(plan, Seed);
        new Trainer(options).Fit(model, TrainingData.Directions(40, 8, 3));

        new Trainer(options with { Epochs = 1, ExpandAfter = null }).Fit(byHand, TrainingData.Directions(40, 8, 3));
        byHand.Expand(Methods[name]);
        new Trainer(options with { StartEpoch = 1 }).Fit(byHand, TrainingData.Directions(40, 8, 3));

        Assert.Equal(plan.ExpandedWeights, model.WeightCount);
        Assert.Equal(byHand.Linears.SelectMany(layer => layer.ToDense()), model.Linears.SelectMany(layer => layer.ToDense()));
    }

    [Fact]
    public void Methods_differ_in_the_edges_they_choose()
    {
        var chosen = new HashSet<string>();
        foreach (ExpansionMethod method in Methods.Values)
        {
            using var model = new PlannedModel(Plans.OneHidden(16, 4, 3, new ExpansionPlan(2)), Seed, new ReferenceDevice(ElementType.Float32));
            model.Expand(method);
            Assert.True(chosen.Add(string.Join(' ', model.Linears.First().ToDense().Select(weight => weight != 0))));
        }
    }

    [Fact]
    public void A_block_has_a_positive_size() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SplitExpansion { BlockSize = 0 });

    public static TheoryData<string, Func<ExpandedLayer, ExpandedLayer>> BrokenPromises => new()
    {
        { "returned 15 weights instead of the budget of 16.", layer => Sparse(layer, edges: 5) },
        { "returned Hidden with 2 inputs and 3 outputs instead of 2 and 4.", _ => new ExpandedLayer(EdgeLayout.Dense(3, 2), new double[6], new double[3]) },
        { "returned Hidden with 3 inputs and 4 outputs instead of 2 and 4.", _ => new ExpandedLayer(EdgeLayout.Dense(4, 3), new double[12], new double[4]) },
        { "returned Hidden with 5 weights for 6 slots.", layer => Sparse(layer, edges: 6) with { Weights = new double[5] } },
        { "returned Hidden with 3 biases for 4 outputs.", layer => layer with { Biases = new double[3] } },
        { "returned Hidden with a weight that is NaN, in slot 2.", layer => Sparse(layer, edges: 6) with { Weights = [0, 0, double.NaN, 0, 0, 0] } },
        { "returned Hidden with a weight that is -Infinity, in slot 0.", layer => Sparse(layer, edges: 6) with { Weights = [double.NegativeInfinity, 0, 0, 0, 0, 0] } },
        { "returned Hidden with bias 1 for output 3, whose siblings have 0, though biases are tied.", layer => layer with { Biases = [2, 2, 0, 1] } },
    };

    [Theory]
    [MemberData(nameof(BrokenPromises))]
    public void A_broken_promise_is_named_and_leaves_the_model_as_it_was(string message, Func<ExpandedLayer, ExpandedLayer> change)
    {
        // 2 → 2 × 2 → 6: 4 + 12 weights
        using var model = new PlannedModel(Plans.OneHidden(2, 2, 6, new ExpansionPlan(2) { TiesBiases = true }), Seed);
        var error = Assert.Throws<ExpansionException>(() => model.Expand(new Changed(change)));
        Assert.Equal("Changed " + message, error.Message);
        Assert.False(model.IsExpanded);
        Assert.Equal(16, model.WeightCount);
    }

    [Fact]
    public void There_is_nothing_to_expand_without_layers() =>
        Assert.Equal("parents", Assert.Throws<ArgumentNullException>(() => SplitExpansion.Default.Expand(null!, 1, Seed)).ParamName);

    [Fact]
    public void A_missing_layer_is_named()
    {
        using var model = new PlannedModel(Plans.OneHidden(2, 2, 6, new ExpansionPlan(2)), Seed);
        Assert.Equal("Lost returned 1 layers for 2.", Assert.Throws<ExpansionException>(() => model.Expand(new Lost())).Message);
    }

    private static ExpandedLayer Sparse(ExpandedLayer layer, int edges)
    {
        int[][] columns = [.. Enumerable.Range(0, 4).Select(row => Enumerable.Range(0, 2).Where(column => (2 * row) + column < edges).ToArray())];
        EdgeLayout layout = EdgeLayout.OfBlocks(EdgeStructure.Sparse, 4, 2, [.. columns.Select((own, row) => (new[] { row }, own))]);
        return new ExpandedLayer(layout, new double[edges], layer.Biases);
    }

    /// <summary>A method of one's own: the split, with the hidden layer changed and an output layer of 10 edges.</summary>
    private sealed class Changed(Func<ExpandedLayer, ExpandedLayer> change) : ExpansionMethod
    {
        protected override IReadOnlyList<ExpandedLayer> Build(IReadOnlyList<ParentLayer> parents, long weightBudget, long seed)
        {
            IReadOnlyList<ExpandedLayer> split = SplitExpansion.Default.Expand(parents, weightBudget, seed);
            int[][] columns = [[0, 1, 2, 3], [0, 1, 2, 3], [0], [1], [], []];
            EdgeLayout output = EdgeLayout.OfBlocks(EdgeStructure.Sparse, 6, 4, [.. columns.Select((own, row) => (new[] { row }, own))]);
            return [change(split[0]), new ExpandedLayer(output, new double[10], split[1].Biases)];
        }
    }

    private sealed class Lost : ExpansionMethod
    {
        protected override IReadOnlyList<ExpandedLayer> Build(IReadOnlyList<ParentLayer> parents, long weightBudget, long seed) =>
            [SplitExpansion.Default.Expand(parents, weightBudget, seed)[0]];
    }
}
