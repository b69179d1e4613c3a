using Fpe.Data;
using Samples.Paper.Results;

namespace Samples.Paper.Experiments;

/// <summary>FashionMNIST with three and five hidden layers, all of them expanded.</summary>
internal sealed class DeepExperiment : Experiment
{
    private const int Version = 1;
    private const int BatchSize = 256;
    private const double LearningRate = 1e-3;
    private const int QuickTrainSamples = 6000;

    /// <inheritdoc/>
    public override string Name => "deep";

    /// <inheritdoc/>
    public override string Description => "FashionMNIST, three and five hidden layers, expanded after expanded";

    /// <inheritdoc/>
    public override PreparedExperiment Prepare(Request request)
    {
        int epochs = request.Epochs ?? request.Choose(quick: 4, usual: 30, full: 30);
        var sweep = new Sweep
        {
            Settings =
                from depth in request.Choose<int[]>([3], [3, 5], [3, 5])
                from width in request.Widths ?? request.Choose<int[]>([16], [64], [32, 64, 128])
                select Ground(depth, width, epochs, request.Choose(quick: QuickTrainSamples, usual: FashionImages.TrainCount, full: FashionImages.TrainCount)),
            Inputs = _ => FashionMnist.Inputs,
            Outputs = FashionMnist.Classes,
            Strategies = request.Strategies ?? [Strategy.Random, Strategy.Deal, Strategy.DealShare],
            Factors = request.Factors ?? request.Choose<int[]>([2], [4], [2, 4]),
            ExpandAfter = request.ExpandAfter ?? request.Choose<int[]>([epochs / 2], [0, epochs / 2], [0, epochs / 2]),
            Seeds = request.Seeds ?? request.Choose(quick: 2, usual: 3, full: 5),
        };
        return new PreparedExperiment(this, sweep.Plan(), new FashionTask(request.Images));
    }

    private Setting Ground(int depth, int width, int epochs, int trainSamples) => new()
    {
        Experiment = Name,
        Version = Version,
        TrainSamples = trainSamples,
        Width = width,
        Depth = depth,
        Epochs = epochs,
        BatchSize = BatchSize,
        LearningRate = LearningRate,
    };
}
