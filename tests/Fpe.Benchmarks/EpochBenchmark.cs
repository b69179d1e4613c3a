using Fpe.Benchmarks.Peers;
using Fpe.Benchmarks.Reports;
using Fpe.Benchmarks.Timing;
using Fpe.Benchmarks.Workloads;
using Fpe.Data;
using Fpe.Training;

namespace Fpe.Benchmarks;

/// <summary>
/// An epoch of FashionMNIST from end to end: order shuffled, batches gathered, forward, loss, correct answers counted, backward,
/// Adam; ours against PyTorch's, turn by turn.
/// </summary>
internal static class EpochBenchmark
{
    private const int QuickSamples = 6_400;
    private static readonly WorkloadShape Shape = new(FashionMnist.Inputs, 256, 4, 128);

    /// <summary>Measures.</summary>
    /// <exception cref="BenchmarkException">PyTorch or FashionMNIST is not installed.</exception>
    public static IEnumerable<Table> Run(bool quick)
    {
        using var torch = PyTorch.Start();
        Dataset train = FashionMnist.Train();
        if (quick)
            train = train.Divide("part", QuickSamples, "rest", seed: 0).First;

        using var shared = new EpochWorkload(train, Wiring.Shared(32));
        using var own = new EpochWorkload(train, Wiring.Own);
        using var dense = new EpochWorkload(train, Wiring.Dense);
        using PyTorch.Work torchDense = torch.Epoch("dense", FashionMnist.DebianFolder, Shape, train.Count);
        using PyTorch.Work torchMasked = torch.Epoch("masked", FashionMnist.DebianFolder, Shape, train.Count);
        (string Name, IContestant Epoch)[] contestants =
        [
            ("ours, Share = 32", new LocalWork(shared.RunEpoch)),
            ("PyTorch, dense parent", torchDense),
            ("ours, dense parent", new LocalWork(dense.RunEpoch)),
            ("PyTorch, masked", torchMasked),
            ("ours, own partitions", new LocalWork(own.RunEpoch)),
        ];

        // An epoch is long enough for a turn.
        RoundTimes[] times = new Comparison(rounds: quick ? 3 : 7, turn: 0).Time([.. contestants.Select(contestant => contestant.Epoch)]);
        var table = new Table(
            $"One epoch of {train.Count} samples of FashionMNIST, one thread: {Shape.Parents} parents, factor {Shape.Factor}, batch {Shape.Batch}",
            new("epoch"), new("seconds"), new("best"), new("over ours, Share = 32"));
        foreach (((string name, _), RoundTimes epoch) in contestants.Zip(times))
            table.Add(name, epoch.Median, epoch.Best, epoch.Over(times[0]));
        yield return table;
    }

    private sealed class EpochWorkload : IDisposable
    {
        private readonly PlannedModel model;
        private readonly TrainingRun run;

        public EpochWorkload(Dataset train, Wiring wiring)
        {
            model = OneHidden.Create(Shape.Inputs, Shape.Parents, FashionMnist.Classes, wiring.PlanOf(Shape));
            if (!wiring.IsDense)
                model.Expand(wiring.Method);
            run = new TrainingRun(model, train, new TrainingOptions { BatchSize = Shape.Batch, Optimizer = new Adam(1e-3) });
        }

        public void RunEpoch() => run.RunEpoch(afterStep: null, CancellationToken.None);

        public void Dispose()
        {
            run.Dispose();
            model.Dispose();
        }
    }
}
