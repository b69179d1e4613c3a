using Samples.Paper.Results;

namespace Samples.Paper.Running;

/// <summary>How long training takes, roughly: enough to begin with the longest runs and to guess the time that is left.</summary>
internal static class TrainingCost
{
    // Time of a step that does not depend on the size of the network, and time of bringing a sample's values into place.
    private const double StepOverhead = 100_000;
    private const double PassesOfWeights = 3;

    /// <summary>Multiply-adds of one epoch, overhead included.</summary>
    /// <param name="setting">Batch size and number of samples.</param>
    /// <param name="plan">The network.</param>
    public static double OfEpoch(Setting setting, ModelPlan plan)
    {
        double steps = Math.Ceiling((double)setting.TrainSamples / setting.BatchSize);
        return (steps * StepOverhead) + (PassesOfWeights * setting.TrainSamples * ((double)plan.DenseWeights + plan.InputCount));
    }
}
