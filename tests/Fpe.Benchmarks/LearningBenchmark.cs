using Fpe.Benchmarks.Reports;
using Fpe.Benchmarks.Timing;
using Fpe.Benchmarks.Workloads;
using Fpe.Compute.Cpu;
using Fpe.Data;
using Fpe.Expansion;
using Fpe.Numerics;
using Fpe.Training;

namespace Fpe.Benchmarks;

/// <summary>
/// What it costs to learn edges: whole runs, turn by turn, on noise of the shape of real tasks. Exchange is compared with the same run
/// that keeps its split; pruning with six tenths of a run of all edges and four tenths of a run of the final count.
/// </summary>
internal static class LearningBenchmark
{
    private const int QuickSamples = 1_280;
    private const double PruningEnds = 0.6;

    private static readonly Task[] Tasks =
    [
        new("sections, 1,752", 384, 4, 54, new ExpansionPlan(16, Split.Learned), 17_600, 256),
        new("sections, 7,008, Share = 8", 384, 16, 54, new ExpansionPlan(4, Split.Learned, Share: 8), 17_600, 256),
        new("FashionMNIST, 3,176", 784, 4, 10, new ExpansionPlan(64, Split.Learned), 60_000, 128),
        new("FashionMNIST, 12,704, Share = 8", 784, 16, 10, new ExpansionPlan(16, Split.Learned, Share: 8), 60_000, 128),
    ];

    /// <summary>Measures task by task.</summary>
    public static IEnumerable<Table> Run(bool quick)
    {
        var table = new Table(
            "Runs of 30 epochs that learn their edges, one thread",
            new("weights"), new("fixed split, s"), new("exchange over it"), new("all edges, s"), new("pruning, s"), new("pruning over its parts"));
        foreach (Task task in quick ? Tasks[..1] : Tasks)
        {
            Dataset data = task.Noise(quick ? QuickSamples : task.Samples);
            RoundTimes[] times = new Comparison(rounds: 3, turn: 0).Time(
                new LocalWork(() => task.Train(data, new EdgeExchange { Start = EdgeStart.Split, End = 1, EverySteps = int.MaxValue })),
                new LocalWork(() => task.Train(data, new EdgeExchange { Start = EdgeStart.Split })),
                new LocalWork(() => task.TrainWide(data)),
                new LocalWork(() => task.Train(data, GradualPruning.Default)));
            double parts = (PruningEnds * times[2].Median) + ((1 - PruningEnds) * times[0].Median);
            table.Add(task.Name, times[0].Median, times[1].Over(times[0]), times[2].Median, times[3].Median, times[3].Median / parts);
        }

        yield return table;
    }

    private sealed record Task(string Name, int Inputs, int Neurons, int Classes, ExpansionPlan Expansion, int Samples, int Batch)
    {
        private const int Epochs = 30;

        private static readonly CpuDevice Device = new(threads: 1);

        public Dataset Noise(int samples)
        {
            var random = new RandomStream(Inputs, RandomPurpose.Synthesis);
            var features = new float[samples * Inputs];
            for (int i = 0; i < features.Length; i++)
                features[i] = (2 * random.NextSingle()) - 1;
            return Dataset.OfClasses("noise", Inputs, features, [.. Enumerable.Range(0, samples).Select(s => s % Classes)], Classes);
        }

        public void Train(Dataset data, EdgeLearning learning)
        {
            using PlannedModel model = OneHidden.Create(Inputs, Neurons, Classes, Expansion, device: Device);
            new Trainer(Options with { EdgeLearning = learning }).Fit(model, data);
        }

        public void TrainWide(Dataset data)
        {
            using PlannedModel model = OneHidden.Create(Inputs, Neurons * Expansion.Factor, Classes, ExpansionPlan.None, device: Device);
            new Trainer(Options).Fit(model, data);
        }

        private TrainingOptions Options => new() { Epochs = Epochs, BatchSize = Batch };
    }
}
