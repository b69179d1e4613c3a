using Fpe.Cli.Results;
using Fpe.Fuzz.Mutation;
using Samples.Paper.Results;

namespace Fpe.Fuzz.Formats;

/// <summary>Results files of the paper's experiments.</summary>
internal static class ResultsBytes
{
    private static readonly Setting Setting = new()
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

    /// <summary>A file with a run that ended, one that diverged and one of which pictures were kept.</summary>
    public static FuzzSeed Whole { get; } = new(
    [
        .. RunResultFormat.Instance.Write(Finished(Variant.Dense, pictures: null)),
        .. RunResultFormat.Instance.Write(Finished(Expanded(after: 50), new LayerPictures(MatrixPicture.Of([1, -2], 1, 2), MatrixPicture.Of([1, -2, -2, 4], 2, 2)))),
        .. RunResultFormat.Instance.Write(new RunResult { Configuration = new RunConfiguration(Setting, Expanded(after: 0), Seed: 1), Measurement = null, Divergence = new Divergence(3, 7), Loss = [0.7], Seconds = 0.5 }),
    ]);

    /// <summary>How files are read: by the thread whose memory is counted.</summary>
    public static ReadingOptions Reading { get; } = new(Threads: 1, BlockSize: 1 << 14);

    /// <summary>Reads a file, with losses and without.</summary>
    public static void Read(byte[] file)
    {
        ResultsReader<RunResult>.Read("input", RunResultFormat.Instance, new MemoryStream(file), Reading);
        ResultsReader<RunResult>.Read("input", RunResultFormat.WithoutLosses, new MemoryStream(file), Reading);
    }

    private static Variant Expanded(int after) => new() { Method = Method.Random, Factor = 2, ExpandAfter = after };

    private static RunResult Finished(Variant variant, LayerPictures? pictures) => new()
    {
        Configuration = new RunConfiguration(Setting, variant, Seed: 1),
        Measurement = new Measurement
        {
            TestAccuracy = 0.75,
            TrainAccuracy = 0.8,
            DenseWeights = 200,
            DenseBiases = 9,
            Weights = 200,
            Biases = 17,
            Interference = new InterferenceMeasures
            {
                Capacity = 0.25,
                Cosine = -0.1,
                AbsoluteCosine = 0.2,
                FeaturesPerNeuron = 12,
                CapacityHistogram = [1, 2, 3],
                UnusedInputs = 0,
            },
            Clauses = new ClauseMeasures { Covered = 7, ExpectedCovered = 7.2, Collisions = 3, ExpectedCollisions = 3.1 },
            Pictures = pictures,
        },
        Loss = [0.7, 0.3],
        Seconds = 1.5,
    };
}
