using Fpe.Data;
using Samples.Paper.Results;

namespace Samples.Paper.Experiments;

/// <summary>FashionMNIST with one hidden layer, over widths and factors (arXiv 2510.04500, section 5).</summary>
internal sealed class FashionExperiment : Experiment
{
    private const int Version = 1;
    private const int BatchSize = 256;
    private const double LearningRate = 1e-3;
    private const int QuickTrainSamples = 6000;

    private static readonly Strategy[] Controls =
    [
        Strategy.Share, Strategy.Deal, Strategy.DealShare, Strategy.Overlap, Strategy.TiedBias, Strategy.StaticSparse, Strategy.DropConnect,
        Strategy.Wider, Strategy.TwiceAsWide,
    ];

    /// <inheritdoc/>
    public override string Name => "fashion";

    /// <inheritdoc/>
    public override string Description => "FashionMNIST, one hidden layer: widths × factors × strategies";

    /// <inheritdoc/>
    public override PreparedExperiment Prepare(Request request)
    {
        int epochs = request.Epochs ?? request.Choose(quick: 6, usual: 50, full: 50);
        Sweep usual = Usual(request, epochs);
        var sweeps = new List<Sweep> { usual };
        sweeps.AddRange(LearnedEdges.Of(usual, request));
        if (request is { Form: Form.Full, Strategies: null })
            sweeps.Add(OfControls(usual));
        if (request is { Form: Form.Full, ExpandAfter: null })
            sweeps.Add(OfSplitTimes(usual, epochs));
        return new PreparedExperiment(this, ExperimentPlan.Of(sweeps.Select(sweep => sweep.Plan())), new FashionTask(request.Images));
    }

    private Sweep Usual(Request request, int epochs) => new()
    {
        Settings =
            from width in request.Widths ?? request.Choose<int[]>([4, 16], [4, 8, 16, 32, 64], [4, 8, 16, 32, 64, 128, 256, 512, 1024])
            select Ground(width, epochs, request.Choose(quick: QuickTrainSamples, usual: FashionImages.TrainCount, full: FashionImages.TrainCount)),
        Inputs = _ => FashionMnist.Inputs,
        Outputs = FashionMnist.Classes,
        Strategies = request.Strategies ?? [Strategy.Random, Strategy.Feature],
        Factors = request.Factors ?? request.Choose<int[]>([2], [2, 4], [2, 4, 8, 16]),
        ExpandAfter = request.ExpandAfter ?? [epochs / 2],
        Seeds = request.Seeds ?? request.Choose(quick: 2, usual: 3, full: 5),
    };

    private static Sweep OfControls(Sweep usual) => usual with
    {
        Settings = usual.Settings.Where(setting => setting.Width is 4 or 16 or 64 or 256),
        Strategies = Controls,
        Factors = usual.Factors.Intersect([2, 4]),
    };

    private static Sweep OfSplitTimes(Sweep usual, int epochs) => usual with
    {
        Settings = usual.Settings.Where(setting => setting.Width is 4 or 16 or 64 or 256),
        Strategies = [Strategy.Random],
        Factors = usual.Factors.Intersect([2, 4]),
        ExpandAfter = [0, epochs / 10, epochs / 4, (int)(epochs * 4L / 5)],
    };

    private Setting Ground(int width, int epochs, int trainSamples) => new()
    {
        Experiment = Name,
        Version = Version,
        TrainSamples = trainSamples,
        Width = width,
        Epochs = epochs,
        BatchSize = BatchSize,
        LearningRate = LearningRate,
    };
}
