using Fpe.Expansion;
using Fpe.Research.Controls;
using Fpe.Runtime.Tests.Layers;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Training;

/// <summary>Ways to learn edges that cannot work are named before training starts.</summary>
public class EdgeLearningOptionsTests
{
    public static TheoryData<string, string> Problems => new()
    {
        { "end", "End: 1.1 is out of range; it must be greater than 0 and at most 1, because edges are learned within the run." },
        { "no end", "End: 0 is out of range; it must be greater than 0 and at most 1, because edges are learned within the run." },
        { "begin", "Begin: 0.6 is out of range; it must be at least 0 and less than End." },
        { "negative begin", "Begin: -0.1 is out of range; it must be at least 0 and less than End." },
        { "steps", "EverySteps: 0 is out of range; it must be at least 1." },
        { "fraction", "Fraction: 1 is out of range; it must be greater than 0 and less than 1." },
        { "no fraction", "Fraction: 0 is out of range; it must be greater than 0 and less than 1." },
        { "start", "Start: 7 is not defined; use one of Random, Split." },
        { "growth", "Growth: 7 is not defined; use one of Gradient, Random." },
        { "scope", "Scope: 7 is not defined; use one of Global, Layer." },
        { "warm-up", "ExpandAfter: everything that the dense parent learns in 2 epochs would be lost, because edges are learned from new weights; use 0, or Start = EdgeStart.Split." },
        { "method", "Expansion: TestNet learns its edges and is not expanded by Fpe.Expansion.RandomSparseExpansion; remove the option, or use another split." },
        { "too short", "EdgeLearning: edges stop changing after step 1 of the run, but begin to change after step 1; train for more epochs, or increase End." },
        { "split", "EdgeLearning: TestNet does not learn its edges; remove the option, or expand with Split.Learned." },
        { "pattern", "EdgeLearning: an exchange cannot keep the pattern of TestNet.Hidden (Within = 4); use GradualPruning, or remove the pattern." },
        { "too many children", "Start: TestNet.Hidden cannot split 8 inputs among 9 children; use EdgeStart.Random, or a factor of at most 8." },
    };

    [Theory]
    [MemberData(nameof(Problems))]
    public void Wrong_options_are_named(string problem, string message)
    {
        var options = new TrainingOptions { BatchSize = 10, Epochs = 10 };
        options = problem switch
        {
            "end" => options with { EdgeLearning = new EdgeExchange { End = 1.1 } },
            "no end" => options with { EdgeLearning = new GradualPruning { End = 0 } },
            "begin" => options with { EdgeLearning = new GradualPruning { Begin = 0.6 } },
            "negative begin" => options with { EdgeLearning = new GradualPruning { Begin = -0.1 } },
            "steps" => options with { EdgeLearning = new EdgeExchange { EverySteps = 0 } },
            "fraction" => options with { EdgeLearning = new EdgeExchange { Fraction = 1 } },
            "no fraction" => options with { EdgeLearning = new EdgeExchange { Fraction = 0 } },
            "start" => options with { EdgeLearning = new EdgeExchange { Start = (EdgeStart)7 } },
            "growth" => options with { EdgeLearning = new EdgeExchange { Growth = (EdgeGrowth)7 } },
            "scope" => options with { EdgeLearning = new GradualPruning { Scope = (PruningScope)7 } },
            "warm-up" => options with { ExpandAfter = 2 },
            "method" => options with { Expansion = new RandomSparseExpansion() },
            "too short" => options with { Epochs = 1, BatchSize = 25, EdgeLearning = new GradualPruning { Begin = 0.5, End = 0.6 } },
            "split" or "pattern" => options with { EdgeLearning = new EdgeExchange() },
            "too many children" => options with { EdgeLearning = new EdgeExchange { Start = EdgeStart.Split } },
            _ => throw new ArgumentOutOfRangeException(nameof(problem)),
        };
        ModelPlan plan = problem switch
        {
            "split" => Expansions.Plan("random"),
            "pattern" => LearnedRuns.Plan("pattern"),
            "too many children" => Plans.OneHidden(8, 6, 3, new ExpansionPlan(9, Split.Learned)),
            _ => LearnedRuns.Plan("single"),
        };
        using var model = new PlannedModel(plan);
        Assert.Equal(message, Assert.Throws<TrainingOptionsException>(() => new Trainer(options).Fit(model, LearnedRuns.Train)).Message);
        Assert.False(model.IsExpanded);
    }

    public static TheoryData<EdgeLearning, int> Limits => new()
    {
        { new GradualPruning { Begin = 0, End = 1, EverySteps = 1 }, 4 },
        { new GradualPruning { Start = EdgeStart.Split }, 8 }, // as many children as inputs
        { new GradualPruning { Start = EdgeStart.Random }, 9 },
        { new EdgeExchange { Fraction = double.Epsilon }, 4 },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public void Options_may_be_at_their_limits(EdgeLearning learning, int children)
    {
        using var model = new PlannedModel(Plans.OneHidden(8, 6, 3, new ExpansionPlan(children, Split.Learned)));
        new TrainingOptions { BatchSize = 10, EdgeLearning = learning }.Validate(model, LearnedRuns.Train);
    }

    [Fact]
    public void An_exchange_does_not_go_on_where_pruning_has_stopped()
    {
        using var model = new PlannedModel(LearnedRuns.Plan("single"));
        model.ExpandToLearn(GradualPruning.Default.Expand);
        TrainingOptions options = LearnedRuns.Options("exchange");
        string message = Assert.Throws<TrainingOptionsException>(() => new Trainer(options).Fit(model, LearnedRuns.Train)).Message;
        Assert.Equal("EdgeLearning: TestNet has 264 weights, not its final 66, and an exchange keeps the number; use GradualPruning, or start from a new model.", message);
    }

    [Fact]
    public void A_split_of_fewer_weights_than_the_budget_is_named()
    {
        ModelPlan plan = new("TestNet", 8, [.. Plans.OneHidden(8, 6, 3, new ExpansionPlan(4, Split.Learned)).Layers], budget: 200);
        using var model = new PlannedModel(plan);
        TrainingOptions options = new() { BatchSize = 10, EdgeLearning = new EdgeExchange { Start = EdgeStart.Split } };
        string message = Assert.Throws<ExpansionException>(() => new Trainer(options).Fit(model, LearnedRuns.Train)).Message;
        Assert.Equal("A split has 120 weights, fewer than the budget of 200; lower the budget, or start from random edges.", message);
    }

    /// <summary>How edges are learned does not matter to a dense parent that is never expanded.</summary>
    [Fact]
    public void A_dense_parent_may_be_trained_in_any_way()
    {
        using var model = new PlannedModel(LearnedRuns.Plan("single"), seed: 1);
        var options = new TrainingOptions { Epochs = 1, BatchSize = LearnedRuns.Train.Count, ExpandAfter = null, EarlyStopping = new EarlyStopping(1) };
        TrainingResult result = new Trainer(options).Fit(model, LearnedRuns.Train, LearnedRuns.Test);
        Assert.False(model.IsExpanded);
        Assert.True(result.Epochs[0].HasFinalEdges);
        Assert.Equal(1, result.BestEpoch);
    }
}
