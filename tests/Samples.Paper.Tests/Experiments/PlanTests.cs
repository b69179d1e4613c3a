using Samples.Paper.Experiments;
using Samples.Paper.Results;

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
                using var model = new PlannedModel(Paper.Running.VariantNetwork.Plan(prepared.Task, run.Setting, run.Variant, groups));
                if (run.Variant.ExpandAfter is not null)
                    model.Expand(Paper.Running.VariantNetwork.MethodOf(run.Variant));
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

    private static RunConfiguration[] Plan(Experiment experiment, Request request) => [.. experiment.Prepare(request).Plan.Runs];

    private static int Seeds(RunConfiguration[] runs, Variant variant) => runs.Count(run => run.Variant == variant);
}
