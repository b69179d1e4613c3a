using Samples.Paper.Results;

namespace Samples.Paper.Experiments;

/// <summary>
/// Embeddings of images with one hidden layer on top (arXiv 2510.04500, section 5, uses CLIP's): those of a file or, as an example,
/// features that <see cref="RandomConvolution"/> computes from FashionMNIST.
/// </summary>
internal sealed class EmbeddingsExperiment : Experiment
{
    /// <summary>Its name.</summary>
    public const string CommandName = "embeddings";

    private const int Version = 1;
    private const int BatchSize = 256;
    private const double LearningRate = 1e-3;
    private const int QuickTrainSamples = 6000;

    /// <inheritdoc/>
    public override string Name => CommandName;

    /// <inheritdoc/>
    public override string Description => "Embeddings from a file, or a fixed random convolutional projection of FashionMNIST";

    /// <inheritdoc/>
    public override bool ReadsEmbeddings => true;

    /// <inheritdoc/>
    public override PreparedExperiment Prepare(Request request)
    {
        EmbeddingsTask task = request.FileOf(Name) is { } file
            ? EmbeddingsTask.OfFile(file, request.Labels)
            : EmbeddingsTask.OfFashion(request.Images, request.Choose(quick: QuickTrainSamples, usual: FashionImages.TrainCount, full: FashionImages.TrainCount));
        int epochs = request.Epochs ?? request.Choose(quick: 6, usual: 50, full: 50);
        var sweep = new Sweep
        {
            Settings =
                from width in request.Widths ?? request.Choose<int[]>([8], [4, 16, 64], [4, 8, 16, 32, 64, 128, 256])
                select new Setting
                {
                    Experiment = Name,
                    Version = Version,
                    Data = task.DataName,
                    TrainSamples = task.TrainSamples,
                    Width = width,
                    Epochs = epochs,
                    BatchSize = Math.Min(BatchSize, task.TrainSamples),
                    LearningRate = LearningRate,
                },
            Inputs = _ => task.Inputs,
            Outputs = task.Classes,
            Strategies = request.Strategies ?? [Strategy.Random, Strategy.Feature],
            Factors = request.Factors ?? request.Choose<int[]>([2], [2, 4], [2, 4, 8, 16]),
            ExpandAfter = request.ExpandAfter ?? [epochs / 2],
            Seeds = request.Seeds ?? request.Choose(quick: 2, usual: 3, full: 5),
        };
        return new PreparedExperiment(this, sweep.Plan(), task);
    }
}
