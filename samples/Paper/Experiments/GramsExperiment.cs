using Samples.Paper.Results;

namespace Samples.Paper.Experiments;

/// <summary>Descriptions of packages as bags of hashed character n-grams.</summary>
internal sealed class GramsExperiment : Experiment
{
    private const int Version = 1;
    private const int BatchSize = 256;
    private const double LearningRate = 3e-3;

    /// <inheritdoc/>
    public override string Name => "grams";

    /// <inheritdoc/>
    public override string Description => "Descriptions of packages, 54 classes: learned vectors of their character 3- to 5-grams";

    /// <inheritdoc/>
    public override bool ReadsData => false;

    /// <inheritdoc/>
    public override PreparedExperiment Prepare(Request request)
    {
        var usual = new Sweep
        {
            Settings =
                from width in request.Widths ?? request.Choose<int[]>([8], [8, 32], [8, 16, 32, 64])
                select new Setting
                {
                    Experiment = Name,
                    Version = Version,
                    TrainSamples = SectionTexts.TrainCount,
                    Width = width,
                    Epochs = request.Epochs ?? request.Choose(quick: 2, usual: 6, full: 6),
                    BatchSize = BatchSize,
                    LearningRate = LearningRate,
                },
            Inputs = _ => GramsTask.Dimension,
            Outputs = SectionTexts.Classes,
            Strategies = request.Strategies ?? request.Choose<Strategy[]>(
                [Strategy.Random, Strategy.Linear], [Strategy.Random, Strategy.StaticSparse, Strategy.Linear, Strategy.LinearPruned],
                [Strategy.Random, Strategy.Share, Strategy.Deal, Strategy.StaticSparse, Strategy.Linear, Strategy.LinearPruned]),
            Factors = request.Factors ?? request.Choose<int[]>([4], [4], [2, 4, 8]),
            ExpandAfter = request.ExpandAfter ?? [0],
            Seeds = request.Seeds ?? request.Choose(quick: 2, usual: 3, full: 5),
        };
        return new PreparedExperiment(this, ExperimentPlan.Of([usual.Plan(), .. LearnedEdges.Of(usual, request).Select(sweep => sweep.Plan())]), new GramsTask());
    }
}
