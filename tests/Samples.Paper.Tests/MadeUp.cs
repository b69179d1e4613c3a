using Samples.Paper.Report;
using Samples.Paper.Results;

namespace Samples.Paper.Tests;

/// <summary>Results of runs that never ran.</summary>
internal static class MadeUp
{
    /// <summary>A small Boolean setting.</summary>
    public static Setting Boolean { get; } = new()
    {
        Experiment = "boolean",
        Version = 1,
        Clauses = 8,
        Literals = 3,
        TrainSamples = 2000,
        Width = 8,
        Epochs = 2000,
        BatchSize = 64,
        LearningRate = 1e-3,
    };

    /// <summary>A setting on images.</summary>
    public static Setting Fashion { get; } = new()
    {
        Experiment = "fashion",
        Version = 1,
        TrainSamples = 60_000,
        Width = 16,
        Epochs = 50,
        BatchSize = 256,
        LearningRate = 1e-3,
    };

    /// <summary>Where a report comes from.</summary>
    public static Provenance Provenance { get; } = new()
    {
        Version = "1.2.3+abc",
        Arguments = ["tables", "--results", "my runs.jsonl"],
        Date = new DateTimeOffset(2026, 11, 29, 21, 0, 0, TimeSpan.Zero),
        Processor = "A processor, 2 logical processors",
        System = ".NET, Linux",
        Trained = 5,
    };

    /// <summary>An expansion by two, half-way or at another time.</summary>
    public static Variant Expanded(Method method, int factor = 2, int after = 25) => new() { Method = method, Factor = factor, ExpandAfter = after };

    /// <summary>A result with a test accuracy in percent, and interference that goes with it.</summary>
    public static RunResult Of(Setting setting, Variant variant, long seed, double percent, double capacity = 0.1, double cosine = 0.1) => new()
    {
        Configuration = new RunConfiguration(setting, variant, seed),
        Measurement = new Measurement
        {
            TestAccuracy = percent / 100,
            TrainAccuracy = 1,
            DenseWeights = 200,
            DenseBiases = 9,
            Weights = 200,
            Biases = 17,
            Interference = new InterferenceMeasures
            {
                Capacity = capacity,
                Cosine = 0,
                AbsoluteCosine = cosine,
                FeaturesPerNeuron = 12,
                CapacityHistogram = [1, 2, 3],
                UnusedInputs = 0,
            },
        },
        Loss = [0.7, 0.1 + 0.2],
        Seconds = 1.5,
    };

    /// <summary>A result that diverged.</summary>
    public static RunResult Diverged(Setting setting, Variant variant, long seed) => new()
    {
        Configuration = new RunConfiguration(setting, variant, seed),
        Divergence = new Divergence(3, 7),
        Loss = [0.7, 9],
        Seconds = 0.5,
    };
}
