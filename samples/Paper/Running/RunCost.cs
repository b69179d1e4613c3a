using Fpe.Cli.Sweeps;
using Fpe.Training;
using Samples.Paper.Experiments;
using Samples.Paper.Results;

namespace Samples.Paper.Running;

/// <summary>A rough estimate of the training time of runs.</summary>
internal static class RunCost
{
    /// <summary>Multiply-adds of one epoch of a run, overhead included.</summary>
    public static double OfEpoch(LearningTask task, RunConfiguration run)
    {
        Variant variant = run.Variant;
        ModelPlan plan = PlanOf(task, run);
        double weights = VariantNetwork.LearningOf(variant) is GradualPruning ? ((double)plan.WeightsBeforePruning + plan.ExpandedWeights) / 2 : plan.DenseWeights;
        return RunJob.NetworksOf(variant) * TrainingCost.OfEpoch(plan, weights, run.Setting.TrainSamples, run.Setting.BatchSize);
    }

    /// <summary>The number of weights that the networks of a run have at most.</summary>
    public static double WeightsOf(LearningTask task, RunConfiguration run) => (double)PlanOf(task, run).WeightsBeforePruning * RunJob.NetworksOf(run.Variant);

    // Gradual pruning has all edges for a while and few at the end. Clauses do not affect the cost, and are unknown before the data is read.
    private static ModelPlan PlanOf(LearningTask task, RunConfiguration run)
    {
        Variant variant = run.Variant.Method == Method.Clause ? run.Variant with { Method = Method.Random } : run.Variant;
        return VariantNetwork.Plan(task, run.Setting, variant, clauses: []);
    }
}
