using Fpe.Data;
using Samples.Paper.Results;

namespace Samples.Paper.Experiments;

/// <summary>FashionMNIST with a small residual network whose convolutions are expanded.</summary>
internal sealed class ResNetExperiment : Experiment
{
    private const int Version = 1;
    private const int BatchSize = 128;
    private const double LearningRate = 3e-3;
    private const int QuickTrainSamples = 1000;

    /// <inheritdoc/>
    public override string Name => "resnet";

    /// <inheritdoc/>
    public override string Description => "FashionMNIST, a small residual network with batch normalisation and expanded convolutions";

    /// <inheritdoc/>
    public override PreparedExperiment Prepare(Request request)
    {
        var sweep = new Sweep
        {
            Settings =
                from width in request.Widths ?? request.Choose<int[]>([4], [16], [8, 16, 32])
                select new Setting
                {
                    Experiment = Name,
                    Version = Version,
                    TrainSamples = request.Choose(quick: QuickTrainSamples, usual: FashionImages.TrainCount, full: FashionImages.TrainCount),
                    Width = width,
                    Epochs = request.Epochs ?? request.Choose(quick: 2, usual: 12, full: 12),
                    BatchSize = BatchSize,
                    LearningRate = LearningRate,
                },
            Inputs = setting => ResNetTask.FewestInputs(setting.Width),
            Outputs = FashionMnist.Classes,
            WeightsOfNetwork = ResNetTask.WeightsOf,
            Strategies = request.Strategies ?? request.Choose<Strategy[]>(
                [Strategy.Random, Strategy.Learned], [Strategy.Random, Strategy.Learned],
                [Strategy.Random, Strategy.Share, Strategy.Deal, Strategy.StaticSparse, Strategy.Learned, Strategy.LearnedShare, Strategy.Rigl]),
            Factors = request.Factors ?? request.Choose<int[]>([2], [2], [2, 4]),
            ExpandAfter = request.ExpandAfter ?? [0],
            Seeds = request.Seeds ?? request.Choose(quick: 2, usual: 3, full: 5),
        };
        return new PreparedExperiment(this, sweep.Plan(), new ResNetTask(request.Images));
    }
}
