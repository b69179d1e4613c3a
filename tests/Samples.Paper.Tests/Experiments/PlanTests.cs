using Fpe.Training;
using Samples.Paper.Experiments;
using Samples.Paper.Results;
using Samples.Paper.Running;

namespace Samples.Paper.Tests.Experiments;

public class PlanTests
{
    [Fact]
    public void Boolean_alone_is_the_paper_s_comparison_over_24_seeds_and_the_time_of_the_split()
    {
        RunConfiguration[] runs = Plan(new BooleanExperiment(), new Request());

        Assert.All(runs, run => Assert.Equal((8, 3, 8, 2000, 64), (run.Setting.Clauses, run.Setting.Literals, run.Setting.Width, run.Setting.Epochs, run.Setting.BatchSize)));
        Assert.Equal(24, Seeds(runs, Variant.Dense));
        Assert.Equal(24, Seeds(runs, MadeUp.Expanded(Method.Random, after: 50)));
        Assert.Equal(24, Seeds(runs, MadeUp.Expanded(Method.Clause, after: 50)));
        Assert.Equal([0, 50, 250, 500, 1000], runs.Select(run => run.Variant.ExpandAfter).OfType<int>().Distinct().Order());
    }

    [Fact]
    public void Fashion_is_dense_random_and_feature_with_the_split_half_way()
    {
        RunConfiguration[] runs = Plan(new FashionExperiment(), new Request { Widths = [4, 64], Factors = [2, 4], Seeds = 3 });

        Assert.Equal(2 * 3 * (1 + (2 * 2)), runs.Length);
        Assert.Equal([4, 64], runs.Select(run => run.Setting.Width).Distinct());
        Assert.Equal([Method.Dense, Method.Random, Method.Feature], runs.Select(run => run.Variant.Method).Distinct());
        Assert.All(runs, run => Assert.Equal((60_000, 50, 256, run.Variant.IsDense ? null : 25), (run.Setting.TrainSamples, run.Setting.Epochs, run.Setting.BatchSize, run.Variant.ExpandAfter)));
    }

    [Fact]
    public void Everything_has_each_run_once_and_a_dense_parent()
    {
        foreach (Experiment experiment in ExperimentList.All)
        {
            foreach (Form form in Enum.GetValues<Form>())
            {
                RunConfiguration[] runs = Plan(experiment, new Request { Form = form });

                Assert.NotEmpty(runs);
                Assert.Equal(runs.Length, runs.Distinct().Count());
                Assert.Equal(runs.Length, runs.Select(run => run.Key).Distinct().Count());
                Assert.All(runs, run => Assert.Contains(run.Dense, runs));
            }
        }
    }

    [Fact]
    public void Every_planned_network_can_be_made()
    {
        foreach (Experiment experiment in ExperimentList.All)
        {
            PreparedExperiment prepared = experiment.Prepare(new Request { Form = Form.Full, Seeds = 1 });
            foreach (RunConfiguration run in prepared.Plan.Runs.Where(run => run.Setting.Width <= 32))
            {
                int clauses = run.Setting.Clauses ?? 0;
                IReadOnlyList<IReadOnlyList<int>> groups = [.. Enumerable.Range(0, clauses).Select(c => (int[])[.. Enumerable.Range(c * run.Setting.Literals!.Value, run.Setting.Literals.Value)])];
                ModelPlan plan = VariantNetwork.Plan(prepared.Task, run.Setting, run.Variant, groups);
                new TrainingOptions { Epochs = run.Setting.Epochs, ExpandAfter = run.Variant.ExpandAfter, EdgeLearning = VariantNetwork.LearningOf(run.Variant) }.Validate(plan);
                Assert.Equal(VariantNetwork.LearningOf(run.Variant) is not null, plan.LearnsEdges);
                using var model = new PlannedModel(plan);
                if (run.Variant.ExpandAfter is not null && !plan.LearnsEdges)
                    model.Expand(VariantNetwork.MethodOf(run.Variant));
            }
        }
    }

    [Fact]
    public void What_cannot_be_is_left_out_and_named()
    {
        PreparedExperiment prepared = new FashionExperiment().Prepare(new Request { Widths = [4], Factors = [2, 16], Strategies = [Strategy.Random, Strategy.Deal], Seeds = 1 });

        Assert.Equal(1 + 3, prepared.Plan.Runs.Count);
        Assert.Equal("fashion, width 4: random deal factor=16 after=25 is left out: the factor is larger than the 10 neurons that read a neuron.", Assert.Single(prepared.Plan.LeftOut));
        Assert.Contains("would leave no epoch of 5", Assert.Single(new FashionExperiment().Prepare(
            new Request { Widths = [4], Factors = [2], Strategies = [Strategy.Random], Seeds = 1, Epochs = 5, ExpandAfter = [5] }).Plan.LeftOut), StringComparison.Ordinal);
    }

    [Fact]
    public void Strategies_that_start_from_new_weights_have_no_warm_up()
    {
        Strategy[] strategies = [.. Strategy.All.Except([Strategy.Clause])];
        RunConfiguration[] runs = Plan(new SectionsExperiment(), new Request { Widths = [4], Factors = [4], Strategies = strategies, ExpandAfter = [10], Seeds = 1 });

        Assert.Equal(1 + strategies.Length, runs.Length);
        Assert.Equal(
            [Method.StaticSparse, Method.Learned, Method.LearnedSkip, Method.Rigl, Method.Set, Method.LinearPruned],
            runs.Where(run => run.Variant.ExpandAfter == 0).Select(run => run.Variant.Method).Distinct());
        Assert.All(runs, run => Assert.Equal(run.Variant.ExpandAfter == 0, run.Variant.IsNew));
    }

    [Fact]
    public void The_name_of_a_strategy_may_say_how_many_neurons_share_a_partition()
    {
        Variant shared = MadeUp.Expanded(Method.Random, after: 10) with { Factor = 4, Share = 8 };
        Assert.Equal(shared, Strategy.Find("Share-8")!.Of(64, 4, 10));
        Assert.Equal(shared with { Outgoing = Outgoing.Deal, Share = 32 }, Strategy.Find("deal-share-32")!.Of(64, 4, 10));
        Assert.Same(Strategy.DealShare, Strategy.Find("deal-share"));
        Assert.All(Strategy.All, strategy => Assert.Same(strategy, Strategy.Find(strategy.Name)));
        Assert.All(["share-", "share-1", "share-x", "share--8", "share-99999999999", "random-8", "-8", ""], name => Assert.Null(Strategy.Find(name)));
    }

    [Theory]
    [InlineData(4, 4)]
    [InlineData(16, 8)]
    [InlineData(256, 32)]
    public void Blocks_have_half_of_the_neurons_within_bounds(int width, int share) => Assert.Equal(
        new Variant { Method = Method.Learned, Factor = 16, Share = share, ExpandAfter = 0 }, Strategy.LearnedShare.Of(width, 16, 10));

    [Fact]
    public void Learned_networks_have_64_neurons_or_more_unless_factors_are_asked_for()
    {
        RunConfiguration[] learned = [.. Plan(new FashionExperiment(), new Request()).Where(run => run.Variant.Method == Method.Learned)];

        Assert.Equal([64, 64, 64, 128, 256], learned.Where(run => run.Seed == 0 && run.Variant.Share == 1).Select(run => run.Setting.Width * run.Variant.Factor));
        Assert.DoesNotContain(Plan(new FashionExperiment(), new Request { Factors = [16] }), run => run.Variant.Method == Method.Learned);
    }

    [Fact]
    public void Learned_networks_and_patterns_that_cannot_be_are_left_out_and_named()
    {
        var request = new Request { Widths = [16], Factors = [32], ExpandAfter = [0], Seeds = 1, Strategies = [Strategy.Learned, Strategy.Pattern, Strategy.Linear, Strategy.LinearPruned, Strategy.DropConnect] };
        PreparedExperiment fashion = new FashionExperiment().Prepare(request);

        Assert.Equal([Method.Dense, Method.Learned, Method.Linear, Method.DropConnect], fashion.Plan.Runs.Select(run => run.Variant.Method));
        Assert.Equal(
            [
                "fashion, width 16: random 2:64 factor=32 after=0 is left out: 784 inputs are not whole groups of 64.",
                "fashion, width 16: linear-pruned after=0 is left out: it has 7,840 weights before pruning, no more than the dense parent's 12,704.",
            ],
            fashion.Plan.LeftOut);
        Assert.Contains("larger than the 16 inputs", Assert.Single(new DeepExperiment().Prepare(request with { Form = Form.Quick, Strategies = [Strategy.Learned, Strategy.DropConnect] }).Plan.LeftOut), StringComparison.Ordinal);
        Assert.Contains("there are none", Assert.Single(new BooleanExperiment().Prepare(request with { Factors = [2], Strategies = [Strategy.Average] }).Plan.LeftOut), StringComparison.Ordinal);
    }

    [Fact]
    public void A_residual_network_is_compared_with_its_split_and_learned_at_the_start_over_three_seeds()
    {
        RunConfiguration[] runs = Plan(new ResNetExperiment(), new Request());

        Assert.Equal(
            [Variant.Dense, MadeUp.Expanded(Method.Random, after: 0), MadeUp.Expanded(Method.Learned, after: 0)], runs.Select(run => run.Variant).Distinct());
        Assert.All(runs, run => Assert.Equal((60_000, 16, 12, 128), (run.Setting.TrainSamples, run.Setting.Width, run.Setting.Epochs, run.Setting.BatchSize)));
        Assert.Equal(3 * 3, runs.Length);
    }

    [Fact]
    public void Strategies_that_need_a_fully_connected_hidden_layer_are_left_out_of_a_network_of_convolutions()
    {
        Strategy[] strategies = [Strategy.Wider, Strategy.DropConnect, Strategy.Linear, Strategy.LinearPruned, Strategy.LearnedSkip, Strategy.Deal];
        PreparedExperiment prepared = new ResNetExperiment().Prepare(new Request { Widths = [12], Factors = [12], Strategies = strategies, Seeds = 1 });

        Assert.Equal([Method.Dense, Method.Random], prepared.Plan.Runs.Select(run => run.Variant.Method));
        Assert.Equal(5, prepared.Plan.LeftOut.Count);
        Assert.All(prepared.Plan.LeftOut, line => Assert.EndsWith(" is left out: the network is not a chain of fully connected layers.", line, StringComparison.Ordinal));
        Assert.Equal(
            "resnet, width 12: random deal factor=13 after=0 is left out: the factor is larger than the 12 neurons that read a neuron.",
            Assert.Single(new ResNetExperiment().Prepare(new Request { Widths = [12], Factors = [13], Strategies = [Strategy.Deal], Seeds = 1 }).Plan.LeftOut));
        Assert.Contains("dense parent would have 8,280,008,700,000 weights", Assert.Throws<ExperimentException>(
            () => new ResNetExperiment().Prepare(new Request { Widths = [300_000] })).Message, StringComparison.Ordinal);
    }

    private static RunConfiguration[] Plan(Experiment experiment, Request request) => [.. experiment.Prepare(request).Plan.Runs];

    private static int Seeds(RunConfiguration[] runs, Variant variant) => runs.Count(run => run.Variant == variant);
}
