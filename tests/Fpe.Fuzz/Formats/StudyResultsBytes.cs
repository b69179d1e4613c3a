using Fpe.Cli.Results;
using Fpe.Cli.Running;
using Fpe.Fuzz.Mutation;

namespace Fpe.Fuzz.Formats;

/// <summary>Results files of studies.</summary>
internal static class StudyResultsBytes
{
    /// <summary>A file with a dense and an expanded run that ended, and one that diverged.</summary>
    public static FuzzSeed Whole { get; } = new(
    [
        .. StudyResultFormat.Instance.Write(new StudyResult { Configuration = Configuration(isExpanded: false), Record = Record("dense", outgoing: null) }),
        .. StudyResultFormat.Instance.Write(new StudyResult
        {
            Configuration = Configuration(isExpanded: true),
            Record = Record("random", "prune"),
            Layers = [new LayerSummary("Hidden", "Linear, Relu", 4, 8, 4, 2, 16, 32, 16, 8) { WithoutInputs = [3] }],
        }),
        .. StudyResultFormat.Instance.Write(new StudyResult
        {
            Configuration = Configuration(isExpanded: true) with { Seed = 1 },
            Divergence = new StudyDivergence(3, "Net: training diverged."),
        }),
    ]);

    /// <summary>Reads a file.</summary>
    public static void Read(byte[] file) => ResultsReader<StudyResult>.Read("input", StudyResultFormat.Instance, new MemoryStream(file), ResultsBytes.Reading);

    private static StudyConfiguration Configuration(bool isExpanded) => new("Net", 50, 0, "0123456789abcdef", isExpanded, 0);

    private static RunRecord Record(string strategy, string? outgoing) => new()
    {
        Model = "Net",
        Strategy = strategy,
        Factor = 2,
        Share = 1,
        Outgoing = outgoing,
        Seed = 0,
        Epochs = 50,
        ExpandAfter = outgoing is null ? null : 0,
        DenseWeights = 16,
        Weights = 16,
        Biases = 8,
        TestAccuracy = 0.75,
        TrainAccuracy = 0.8,
        FeatureCapacity = 0.25,
        MeanCosine = -0.1,
        MeanAbsCosine = 0.2,
        Seconds = 1.5,
    };
}
