using Fpe.Training;
using Samples.Paper.Experiments;
using Samples.Paper.Results;

namespace Samples.Paper.Running;

/// <summary>How long training takes, roughly: enough to begin with the longest runs and to guess the time that is left.</summary>
internal static class TrainingCost
{
    // Time of a step that does not depend on the size of the network, and time of bringing a sample's values into place.
    private const double StepOverhead = 100_000;
    private const double PassesOfWeights = 3;

    /// <summary>Multiply-adds of one epoch of a run, overhead included.</summary>
    public static double OfEpoch(LearningTask task, RunConfiguration run)
    {
        // Gradual pruning has all edges for a while and few in the end. The clauses do not matter to the cost, and are not known before the data is.
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
