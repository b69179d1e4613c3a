namespace Samples.Paper.Experiments;

/// <summary>The available experiments.</summary>
internal static class ExperimentList
{
    /// <summary>All of them, in the order of the command line and of reports.</summary>
    public static IReadOnlyList<Experiment> All { get; } =
        [new BooleanExperiment(), new FashionExperiment(), new CnnExperiment(), new ResNetExperiment(), new DeepExperiment(), new EmbeddingsExperiment(), new SectionsExperiment(), new GramsExperiment(), new EncoderExperiment()];
}
