using Fpe.Embedded.Networks;

namespace Fpe.Embedded.Export;

/// <summary>Compares the weights in the tables to be written with the model and the compiler's counts.</summary>
internal static class WeightCheck
{
    /// <summary>Checks the whole network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="weights">The weights of the model.</param>
    /// <exception cref="WeightCountException">A count differs.</exception>
    public static void Require(CNetwork network, long weights)
    {
        ModelPlan plan = network.Plan;
        long counted = network.Steps.Sum(step => step.Weights);
        if (counted != weights)
            throw new WeightCountException(plan.Name, "weights in the C file", weights, counted);
        // A model that was not expanded is the dense parent.
        if (counted != plan.ExpandedWeights && counted != plan.DenseWeights)
            throw new WeightCountException(plan.Name, "weights in the C file", plan.ExpandedWeights, counted);
    }
}
