using Samples.Paper.Results;

namespace Samples.Paper.Experiments;

/// <summary>
/// Boolean formulas in disjunctive normal form (arXiv 2510.04500, section 4). The data recipe is ours: the paper's is not
/// published.
/// </summary>
internal sealed class BooleanExperiment : Experiment
{
    private const int Version = 1;
    private const int TrainSamples = 2000;
    private const int BatchSize = 64;
    private const double LearningRate = 1e-3;

    // An early split, because long-trained weights are a bad start for the children.
    private const double SplitAfterShare = 0.025;

    private static readonly double[] SplitTimes = [0, 0.125, 0.25, 0.5];

    private static readonly Strategy[] Controls =
        [Strategy.Share, Strategy.Overlap, Strategy.TiedBias, Strategy.StaticSparse, Strategy.DropConnect, Strategy.Wider, Strategy.TwiceAsWide];

    /// <inheritdoc/>
    public override string Name => "boolean";

    /// <inheritdoc/>
    public override string Description => "Boolean formulas: clauses × neurons × literals × factors, and the time of the split";

    /// <inheritdoc/>
    public override bool HasClauses => true;

    /// <inheritdoc/>
    public override bool ReadsData => false;

    /// <inheritdoc/>
    public override PreparedExperiment Prepare(Request request)
    {
        int epochs = request.Epochs ?? request.Choose(quick: 200, usual: 2000, full: 2000);
        int split = (int)(SplitAfterShare * epochs);
        Sweep usual = Usual(request, epochs, split);
        var sweeps = new List<Sweep> { usual };
        if (request.ExpandAfter is null && request.Form != Form.Quick)
            sweeps.Add(OfSplitTimes(usual, request, epochs));
        if (request is { Form: Form.Full, Strategies: null })
            sweeps.Add(OfControls(usual));
        return new PreparedExperiment(this, ExperimentPlan.Of(sweeps.Select(sweep => sweep.Plan())), new BooleanTask());
    }

    private Sweep Usual(Request request, int epochs, int split) => new()
    {
        Settings =
            from clauses in request.Clauses ?? request.Choose<int[]>([8], [8], [4, 8, 16, 32])
            from literals in request.Literals ?? request.Choose<int[]>([3], [3], [2, 3, 4])
            from width in request.Widths ?? request.Choose<int[]>([8], [8], [4, 8, 16, 32])
            select Ground(clauses, literals, width, epochs),
        Inputs = BooleanTask.Inputs,
        Outputs = BooleanTask.Outputs,
        Strategies = request.Strategies ?? request.Choose<Strategy[]>(
            [Strategy.Random, Strategy.Clause], [Strategy.Random, Strategy.Clause], [Strategy.Random, Strategy.Clause, Strategy.Feature]),
        Factors = request.Factors ?? request.Choose<int[]>([2], [2], [2, 4, 8]),
        ExpandAfter = request.ExpandAfter ?? [split],
        Seeds = request.Seeds ?? request.Choose(quick: 3, usual: 24, full: 8),
    };

    // The effect of the time of the split, in one setting and with fewer seeds, which are a subset of the others.
    private static Sweep OfSplitTimes(Sweep usual, Request request, int epochs) => usual with
    {
        Settings = usual.Settings.Where(setting => setting is { Clauses: 8, Literals: 3, Width: 8 }),
        Strategies = usual.Strategies.Intersect([Strategy.Random, Strategy.Clause]),
        Factors = usual.Factors.Intersect([2]),
        ExpandAfter = SplitTimes.Select(share => (int)(share * epochs)),
        Seeds = Math.Min(usual.Seeds, request.Choose(quick: 3, usual: 6, full: 24)),
    };

    // Controls in the settings closest to the paper's.
    private static Sweep OfControls(Sweep usual) => usual with
    {
        Settings = usual.Settings.Where(setting => setting is { Clauses: 8, Literals: 3 }),
        Strategies = Controls,
    };

    private Setting Ground(int clauses, int literals, int width, int epochs)
    {
        long inputs = (long)clauses * literals;
        long most = Math.Min(Array.MaxLength, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / sizeof(float) / 2) / BooleanTask.TestSamples;
        if (inputs > most)
            throw new ExperimentException($"{clauses:#,0} clauses of {literals:#,0} literals make samples of {inputs:#,0} values, but at most {most:#,0} fit into memory here; ask for fewer --clauses or --literals.");
        return Setting(clauses, literals, width, epochs);
    }

    private Setting Setting(int clauses, int literals, int width, int epochs) => new()
    {
        Experiment = Name,
        Version = Version,
        Clauses = clauses,
        Literals = literals,
        TrainSamples = TrainSamples,
        Width = width,
        Epochs = epochs,
        BatchSize = BatchSize,
        LearningRate = LearningRate,
    };
}
