namespace Fpe.Cli.Sweeps;

/// <summary>A rough estimate of training time: to start the longest runs first, to divide runs among workers, and to estimate the remaining time.</summary>
internal static class TrainingCost
{
    // Time per step that does not depend on the size of the network, and time to copy the values of a sample.
    private const double StepOverhead = 100_000;
    private const double PassesOfWeights = 3;

    /// <summary>Returns the multiply-adds of an epoch, overhead included; they are the same on every machine.</summary>
    /// <param name="plan">The network.</param>
    /// <param name="weights">The number of weights that it has during training, on average.</param>
    /// <param name="samples">The number of training samples.</param>
    /// <param name="batchSize">The number of samples per step.</param>
    public static double OfEpoch(ModelPlan plan, double weights, int samples, int batchSize)
    {
        double steps = Math.Ceiling((double)samples / batchSize);
        double multiplyAdds = weights * plan.Layers.Sum(MultiplyAddsOf) / plan.DenseWeights;
        return (steps * StepOverhead) + (PassesOfWeights * samples * (multiplyAdds + plan.InputCount));
    }

    // Of a sample in the dense parent: a weight of a filter is used at every place of its window.
    private static double MultiplyAddsOf(LayerPlan layer) => layer switch
    {
        ConvolutionPlan convolution => (double)convolution.Shape.WeightCount * convolution.Shape.Output.Pixels,
        LinearPlan linear => (double)linear.Inputs * linear.Neurons,
        // How much each place attends to each other place, and the sums of values.
        SelfAttentionPlan attention => 2.0 * attention.Places * attention.Places * attention.Units,
        // No other kind multiplies weights by values more than once; programs can have kinds of their own.
        _ => (double)layer.Inputs + layer.Outputs,
    };
}
