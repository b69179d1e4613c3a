using Samples.Paper.Results;

namespace Samples.Paper.Experiments;

/// <summary>Descriptions of packages for a small transformer encoder, whose fully connected layers are expanded.</summary>
internal sealed class EncoderExperiment : Experiment
{
    private const int Version = 1;
    private const int BatchSize = 64;
    private const double LearningRate = 1e-3;

    /// <inheritdoc/>
    public override string Name => "encoder";

    /// <inheritdoc/>
    public override string Description => "Descriptions of packages, 54 classes: a small transformer encoder over words, with expanded fully connected layers";

    /// <inheritdoc/>
    public override bool ReadsData => false;

    /// <inheritdoc/>
    public override PreparedExperiment Prepare(Request request)
    {
        int blocks = request.Choose(quick: 1, usual: 2, full: 4);
        var sweep = new Sweep
        {
            Settings =
                from width in request.Widths ?? request.Choose<int[]>([16], [64], [32, 64, 128])
                select new Setting
                {
                    Experiment = Name,
                    Version = Version,
                    TrainSamples = SectionTexts.TrainCount,
                    Width = width,
                    Depth = blocks,
                    Epochs = request.Epochs ?? request.Choose(quick: 1, usual: 12, full: 12),
                    BatchSize = BatchSize,
                    LearningRate = LearningRate,
                },
            Inputs = _ => EncoderTask.Units,
            Outputs = EncoderTask.Units,
            WeightsOfNetwork = (width, factor) => EncoderTask.WeightsOf(width, blocks, factor),
            Strategies = request.Strategies ?? request.Choose<Strategy[]>(
                [Strategy.Random, Strategy.Learned], [Strategy.Random, Strategy.StaticSparse, Strategy.Learned],
                [Strategy.Random, Strategy.Share, Strategy.Deal, Strategy.StaticSparse, Strategy.Learned, Strategy.LearnedShare, Strategy.Rigl]),
            Factors = request.Factors ?? request.Choose<int[]>([4], [4], [2, 4, 8]),
            ExpandAfter = request.ExpandAfter ?? [0],
            Seeds = request.Seeds ?? request.Choose(quick: 2, usual: 3, full: 5),
        };
        return new PreparedExperiment(this, sweep.Plan(), new EncoderTask());
    }
}
