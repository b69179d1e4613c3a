using Fpe.Cli.Clusters;
using Fpe.Cli.Results;
using Fpe.Cli.Sweeps;

namespace Fpe.Cli.Tests.Clusters;

public class SweepEstimateTests
{
    // 100 runs of 10¹¹ multiply-adds.
    private static readonly SweepPlan Sweep = new("Test", [.. Enumerable.Range(0, 100).Select(run => new WorkItem($"run {run}", $"run {run}", 0, 1e11))]);

    [Fact]
    public void Measured_runs_decide_time_and_measured_workers_memory()
    {
        WorkerRecord record = WorkerRecord.Of(Sweep, new Shard(1, 10)) with { PeakMemory = 1000L << 20 };
        SweepEstimate estimate = Of(shards: 10, threads: 2, key => key is "run 3" or "run 4" ? 600 : null, [record]);

        // 10 runs of 10 minutes on two threads, and half as much again.
        Assert.Equal(2, estimate.MeasuredRuns);
        Assert.Equal(3000, estimate.Seconds, precision: 6);
        Assert.Equal(80, estimate.Minutes);
        Assert.Equal(1536, estimate.MemoryLimit);
        Assert.Contains("50 min", estimate.Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Without_them_both_are_called_guesses()
    {
        SweepEstimate estimate = Of(shards: 10, threads: 1, _ => null, []);
        Assert.Equal(0, estimate.MeasuredRuns);
        Assert.Equal(1000, estimate.Seconds, precision: 6);
        Assert.All(estimate.Reasons, reason => Assert.Contains("guess", reason, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(60, 2)]
    [InlineData(360, 10)]
    [InlineData(360000, 100)]
    [InlineData(1, 1)]
    public void Automatically_a_worker_takes_about_an_hour(double secondsOfRun, int expected) =>
        Assert.Equal(expected, Of(shards: null, threads: 1, _ => secondsOfRun, []).Shards);

    [Fact]
    public void Automatically_there_are_as_many_workers_as_Slurm_allows_at_most()
    {
        var large = new SweepPlan("Test", [.. Enumerable.Range(0, 3000).Select(run => new WorkItem($"run {run}", $"run {run}", 0, 1e11))]);
        Assert.Equal(1000, SweepEstimate.Of(large, new PrintRequest(Cluster.Slurm, Shards: null), 1, _ => 36_000, 1000, []).Shards);
    }

    [Fact]
    public void A_sweep_without_runs_takes_one_worker()
    {
        SweepEstimate estimate = SweepEstimate.Of(new SweepPlan("Test", []), new PrintRequest(Cluster.Slurm, Shards: null), 1, _ => null, 0, []);
        Assert.Equal((1, 0, 0), (estimate.Shards, estimate.Runs, estimate.Seconds));
    }

    [Fact]
    public void A_worker_takes_at_least_as_long_as_its_longest_run() =>
        Assert.Equal(600, Of(shards: 100, threads: 8, _ => 600, []).Seconds, precision: 6);

    private static SweepEstimate Of(int? shards, int threads, Func<string, double?> seconds, WorkerRecord[] records) =>
        SweepEstimate.Of(Sweep, new PrintRequest(Cluster.Slurm, shards), threads, seconds, largestNetwork: 1000, records);
}
