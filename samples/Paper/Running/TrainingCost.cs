using Fpe.Training;
using Samples.Paper.Experiments;
using Samples.Paper.Results;

namespace Samples.Paper.Running;

/// <summary>A rough estimate of training time, to start the longest runs first and to estimate the remaining time.</summary>
internal static class TrainingCost
{
    // Time per step that does not depend on the size of the network, and time to copy the values of a sample.
    private const double StepOverhead = 100_000;
    private const double PassesOfWeights = 3;

    /// <summary>Multiply-adds of one epoch of a run, overhead included.</summary>
    public static double OfEpoch(LearningTask task, RunConfiguration run)
    {
        // Gradual pruning has all edges for a while and few at the end. Clauses do not affect the cost, and are unknown before the data is
        // read.
        Variant variant = run.Variant.Method == Method.Clause ? run.Variant with { Method = Method.Random } : run.Variant;
        ModelPlan plan = VariantNetwork.Plan(task, run.Setting, variant, clauses: []);
        double steps = Math.Ceiling((double)run.Setting.TrainSamples / run.Setting.BatchSize);
        double weights = VariantNetwork.LearningOf(variant) is GradualPruning ? ((double)plan.WeightsBeforePruning + plan.ExpandedWeights) / 2 : plan.DenseWeights;
        double multiplyAdds = weights * MultiplyAddsOf(plan) / plan.DenseWeights;
        int networks = RunJob.NetworksOf(variant);
        return networks * ((steps * StepOverhead) + (PassesOfWeights * run.Setting.TrainSamples * (multiplyAdds + plan.InputCount)));
    }

    // Of a sample in the dense parent: a weight of a filter is used at every place of its window.
    private static double MultiplyAddsOf(ModelPlan plan) => plan.Layers.Sum(layer => layer switch
    {
        Conv2dPlan convolution => (double)convolution.Shape.WeightCount * convolution.Shape.Output.Pixels,
        LinearPlan linear => (double)linear.Inputs * linear.Neurons,
        _ => 0,
    });
}
