using Samples.Paper.Results;

namespace Samples.Paper.Experiments;

/// <summary>
/// A real task with many classes: descriptions of Debian packages, to be sorted into the archive's 54 sections, with one hidden layer on
/// top of their embeddings, or, if there is no file of those, of their hashed words.
/// </summary>
internal sealed class SectionsExperiment : Experiment
{
    /// <summary>Its name.</summary>
    public const string CommandName = "sections";

    private const int Version = 1;
    private const int BatchSize = 256;
    private const double LearningRate = 1e-3;

    /// <inheritdoc/>
    public override string Name => CommandName;

    /// <inheritdoc/>
    public override string Description => "Descriptions of packages, 54 classes: embeddings from a file, or hashed words";

    /// <inheritdoc/>
    public override bool ReadsEmbeddings => true;

    /// <inheritdoc/>
    public override PreparedExperiment Prepare(Request request)
    {
        EmbeddingsTask task = request.FileOf(Name) is { } file ? EmbeddingsTask.OfSections(file, request.Labels) : EmbeddingsTask.OfSections();
        int epochs = request.Epochs ?? request.Choose(quick: 4, usual: 30, full: 30);
        Sweep usual = Usual(request, task, epochs);
        return new PreparedExperiment(this, ExperimentPlan.Of([usual.Plan(), .. LearnedEdges.Of(usual, request).Select(sweep => sweep.Plan())]), task);
    }

    private Sweep Usual(Request request, EmbeddingsTask task, int epochs) => new()
    {
        Settings =
            from width in request.Widths ?? request.Choose<int[]>([4], [4, 8, 16], [4, 8, 16, 32, 64])
            select new Setting
            {
                Experiment = Name,
                Version = Version,
                Data = task.DataName,
                TrainSamples = task.TrainSamples,
                Width = width,
                Epochs = epochs,
                BatchSize = BatchSize,
                LearningRate = LearningRate,
            },
        Inputs = _ => task.Inputs,
        Outputs = task.Classes,
        Strategies = request.Strategies ?? request.Choose<Strategy[]>(
            [Strategy.Random], [Strategy.Random, Strategy.Linear, Strategy.LinearPruned],
            [Strategy.Random, Strategy.Feature, Strategy.Deal, Strategy.DealShare, Strategy.StaticSparse, Strategy.Pattern, Strategy.Linear, Strategy.LinearPruned, Strategy.Average]),
        Factors = request.Factors ?? request.Choose<int[]>([4], [2, 4], [2, 4, 8]),
        ExpandAfter = request.ExpandAfter ?? request.Choose<int[]>([0], [0], [0, epochs / 2]),
        Seeds = request.Seeds ?? request.Choose(quick: 2, usual: 3, full: 5),
    };
}
