using Fpe.Expansion;
using Fpe.Interference;

namespace Fpe.Cli.Running;

/// <summary>A finished run in reports. The names and order of the properties are the columns of the report files.</summary>
internal sealed record RunRecord
{
    public required string Model { get; init; }

    /// <summary>The split strategy; <c>dense</c> for the dense parent.</summary>
    public required string Strategy { get; init; }

    public required int Factor { get; init; }

    public required int Share { get; init; }

    /// <summary>The policy for outgoing edges; null for the dense parent.</summary>
    public required string? Outgoing { get; init; }

    public required long Seed { get; init; }

    public required int Epochs { get; init; }

    /// <summary>The number of epochs before the split; null for the dense parent.</summary>
    public required int? ExpandAfter { get; init; }

    /// <summary>The number of weights of the dense parent, as counted by the compiler.</summary>
    public required long DenseWeights { get; init; }

    /// <summary>The number of non-zero weights, as counted in the trained model.</summary>
    public required long Weights { get; init; }

    public required long Biases { get; init; }

    /// <summary>From 0 to 1.</summary>
    public required double TestAccuracy { get; init; }

    /// <summary>From 0 to 1.</summary>
    public required double TrainAccuracy { get; init; }

    /// <summary>The feature capacity of the first layer, like both cosines.</summary>
    public required double FeatureCapacity { get; init; }

    public required double MeanCosine { get; init; }

    public required double MeanAbsCosine { get; init; }

    /// <summary>
    /// The wall-clock training time in seconds since the run was last resumed; the only column that differs between repetitions.
    /// </summary>
    public required double Seconds { get; init; }

    /// <summary>Describes a run and its trained model.</summary>
    public static RunRecord Of(
        StudyRun run, Model model, double seconds, double testAccuracy, double trainAccuracy, InterferenceMetrics interference)
    {
        ExpansionPlan expansion = run.IsExpanded ? run.Model.ExpandedLayer.Expansion : ExpansionPlan.None;
        return new RunRecord
        {
            Model = model.Plan.Name,
            Strategy = run.IsExpanded ? EnumWord.Of(expansion.Strategy) : "dense",
            Factor = expansion.Factor,
            Share = expansion.Share,
            Outgoing = run.IsExpanded ? EnumWord.Of(expansion.Outgoing) : null,
            Seed = run.Seed,
            Epochs = run.Training.Epochs,
            ExpandAfter = run.Training.ExpandAfter,
            DenseWeights = model.Plan.DenseWeights,
            Weights = model.WeightCount,
            Biases = model.BiasCount,
            TestAccuracy = testAccuracy,
            TrainAccuracy = trainAccuracy,
            FeatureCapacity = interference.FeatureCapacity,
            MeanCosine = interference.MeanCosine,
            MeanAbsCosine = interference.MeanAbsoluteCosine,
            Seconds = seconds,
        };
    }
}
