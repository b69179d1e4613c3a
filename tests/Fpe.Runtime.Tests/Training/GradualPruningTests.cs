using Fpe.Compute;
using Fpe.Data;
using Fpe.Expansion;
using Fpe.Runtime.Tests.Compute;
using Fpe.Runtime.Tests.Layers;
using Fpe.Sparsity;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Training;

/// <summary>Whole runs that prune: the number of edges of each layer after every step.</summary>
public sealed class GradualPruningTests
{
    private const int Steps = 10;

    private static readonly Dataset Data = TrainingData.Directions(40, 8, 3);

    private static readonly TrainingOptions Options = new()
    {
        Epochs = Steps, // of one step each
        BatchSize = Data.Count,
        EdgeLearning = new GradualPruning { Begin = 0, End = 0.8, EverySteps = 1 },
    };

    [Fact]
    public void Layers_that_do_not_compete_fall_to_their_own_budgets()
    {
        using var model = new PlannedModel(LearnedRuns.Plan("single"), seed: 3, TestedDevices.Double);
        LayerShape[] shapes = model.Plan.LayerShapes();
        long[] budgets = EdgeDensities.Divide(shapes, [.. shapes.Select(shape => shape.Floor)], [.. shapes.Select(shape => shape.Ceiling)], model.Plan.ExpandedLinearWeights);
        var counts = new Counts();
        TrainingOptions options = Options with { EdgeLearning = (GradualPruning)Options.EdgeLearning! with { Scope = PruningScope.Layer } };
        new Trainer(options, counts).Fit(model, Data);
        Assert.Equal(Enumerable.Range(1, Steps).Select(step => budgets.Select((budget, l) => budget + Above(shapes[l].EdgeCount - budget, step)).ToArray()), counts.OfLayers);
    }

    [Fact]
    public void Layers_that_compete_fall_to_a_common_budget()
    {
        using var model = new PlannedModel(LearnedRuns.Plan("single"), seed: 3, TestedDevices.Double);
        long all = model.Plan.LayerShapes().Sum(shape => shape.EdgeCount);
        var counts = new Counts();
        new Trainer(Options, counts).Fit(model, Data);
        Assert.Equal(
            Enumerable.Range(1, Steps).Select(step => model.Plan.ExpandedLinearWeights + Above(all - model.Plan.ExpandedLinearWeights, step)),
            counts.OfLayers.Select(layers => layers.Sum()));
    }

    /// <summary>Of 8 columns, 2 are kept; the other layer has the rest of the budget.</summary>
    [Fact]
    public void A_pattern_loses_column_by_column()
    {
        var plan = new ModelPlan(
            "TestNet", 8,
            [
                new LinearPlan("Hidden", 8, 6, ActivationFunction.Relu) { Expansion = new ExpansionPlan(4, Split.Learned) { Within = 8 } },
                new LinearPlan("Logits", 6, 3),
            ]);
        using var model = new PlannedModel(plan, seed: 3, TestedDevices.Double);
        var counts = new Counts();
        new Trainer(Options, counts).Fit(model, Data);
        Assert.Equal(24 * 2, model.Plan.LayerShapes()[0].Ceiling);
        Assert.Equal(Enumerable.Range(1, Steps).Select(step => 24 * (2 + Above(6, step))), counts.OfLayers.Select(layers => layers[0]));
        Assert.Equal(plan.ExpandedLinearWeights - (24 * 2), counts.OfLayers[^1][1]);
    }

    [Theory]
    [InlineData(PruningScope.Global)]
    [InlineData(PruningScope.Layer)]
    public void Pruning_needs_no_gradients(PruningScope scope)
    {
        using var model = new PlannedModel(LearnedRuns.Plan("single"), seed: 3, TestedDevices.Double);
        Assert.False(new GradualPruning { Scope = scope }.CreateLearner(model, new LearningSteps(0, 10, 1), seed: 0).NeedsGradients);
    }

    [Fact]
    public void A_wrong_number_of_edges_is_an_error()
    {
        using var model = new PlannedModel(LearnedRuns.Plan("single"), seed: 3, TestedDevices.Double);
        using var run = new TrainingRun(model, Data, Options);
        run.Expand();
        long counted = model.Linears.Sum(layer => (long)layer.Edges.EdgeCount);
        var learner = new Miscounting(model);
        var error = Assert.Throws<WeightCountException>(() => learner.Change(7, null!, run.OptimizerState));
        Assert.Equal(new WeightCountException("TestNet", "weights after step 7", counted + 1, counted).Message, error.Message);
    }

    // What is left of a number of edges too many, after a step: its part (1 − p)³.
    private static long Above(long edges, int step) => (long)(edges * Math.Pow(1 - Math.Min(step / 8.0, 1), 3));

    private sealed class Counts : ITrainingObserver
    {
        public List<long[]> OfLayers { get; } = [];

        public void EpochEnded(Model model, EpochReport report) => OfLayers.Add([.. model.Linears.Select(layer => (long)layer.Edges.EdgeCount)]);
    }

    /// <summary>Changes nothing, and expects an edge more.</summary>
    private sealed class Miscounting(Model model) : EdgeLearner(model, new LearningSteps(0, 10, 1))
    {
        public override bool NeedsGradients => false;

        private protected override long Change(long steps, Func<EdgeLayer, double[]> gradientOf, Action<EdgeLayer, EdgeLayout> replace) =>
            Layers.Sum(layer => (long)layer.Edges.EdgeCount) + 1;
    }
}
