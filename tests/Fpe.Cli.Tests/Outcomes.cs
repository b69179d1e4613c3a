using Fpe.Cli.Running;
using Fpe.Training;

namespace Fpe.Cli.Tests;

/// <summary>Outcomes of studies that never ran.</summary>
internal static class Outcomes
{
    /// <summary>A complete study with these test accuracies, in percent, by seed; null for a run that diverged.</summary>
    public static StudyOutcome Of(double?[] dense, double?[] expanded)
    {
        RunOutcome[] runs =
        [
            .. dense.Select((accuracy, seed) => Outcome(seed, accuracy, expandAfter: null)),
            .. expanded.Select((accuracy, seed) => Outcome(seed, accuracy, expandAfter: 0)),
        ];
        return new StudyOutcome(runs.Length, [.. runs.OfType<FinishedRun>()], [.. runs.OfType<DivergedRun>()]);
    }

    private static RunOutcome Outcome(int seed, double? accuracy, int? expandAfter)
    {
        var run = new StudyRun(StudyModel.Of<TinyNet>(), seed, new TrainingOptions { ExpandAfter = expandAfter });
        if (accuracy is not { } percent)
            return new DivergedRun(run, new StudyDivergence(1, "TinyNet: training diverged."));
        return new FinishedRun(run, Record(run, percent / 100), new ModelSummary(nameof(TinyNet), run.IsExpanded, []));
    }

    private static RunRecord Record(StudyRun run, double accuracy) => new()
    {
        Model = nameof(TinyNet),
        Strategy = run.Network,
        Factor = 1,
        Share = 1,
        Outgoing = null,
        Seed = run.Seed,
        Epochs = run.Training.Epochs,
        ExpandAfter = run.Training.ExpandAfter,
        DenseWeights = 12,
        Weights = 12,
        Biases = 4,
        TestAccuracy = accuracy,
        TrainAccuracy = accuracy,
        FeatureCapacity = 0,
        MeanCosine = 0,
        MeanAbsCosine = 0,
        Seconds = 1,
    };
}
