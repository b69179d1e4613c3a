using Fpe.Data;
using Samples.Paper.Results;

namespace Samples.Paper.Experiments;

/// <summary>FashionMNIST with a small trainable convolutional backbone under the expanded layer.</summary>
internal sealed class CnnExperiment : Experiment
{
    private const int Version = 1;
    private const int BatchSize = 256;
    private const double LearningRate = 1e-3;
    private const int QuickTrainSamples = 3000;

    /// <inheritdoc/>
    public override string Name => "cnn";

    /// <inheritdoc/>
    public override string Description => "FashionMNIST, an expanded layer on a small trainable convolutional backbone";

    /// <inheritdoc/>
    public override PreparedExperiment Prepare(Request request)
    {
        int epochs = request.Epochs ?? request.Choose(quick: 4, usual: 10, full: 30);
        var sweep = new Sweep
        {
            Settings =
                from width in request.Widths ?? request.Choose<int[]>([8], [4, 16], [4, 8, 16, 32, 64])
                select new Setting
                {
                    Experiment = Name,
                    Version = Version,
                    TrainSamples = request.Choose(quick: QuickTrainSamples, usual: FashionImages.TrainCount, full: FashionImages.TrainCount),
                    Width = width,
                    Epochs = epochs,
                    BatchSize = BatchSize,
                    LearningRate = LearningRate,
                },
            Inputs = _ => CnnTask.Features,
            Outputs = FashionMnist.Classes,
            Strategies = request.Strategies ?? request.Choose<Strategy[]>(
                [Strategy.Random], [Strategy.Random, Strategy.Feature], [Strategy.Random, Strategy.Feature, Strategy.Deal, Strategy.StaticSparse]),
            Factors = request.Factors ?? request.Choose<int[]>([2], [2, 4], [2, 4, 8]),
            ExpandAfter = request.ExpandAfter ?? [epochs / 2],
            Seeds = request.Seeds ?? request.Choose(quick: 2, usual: 3, full: 5),
        };
        return new PreparedExperiment(this, sweep.Plan(), new CnnTask(request.Images));
    }
}
