using Fpe.Compute;

namespace Fpe.Onnx.Import;

/// <summary>
/// The steps of a file as layers of a model: an activation belongs to the layer with weights before it. A sigmoid after the last
/// Linear layer is left out, because outputs of a model are logits.
/// </summary>
internal static class FusedLayers
{
    /// <summary>Returns the plans, from input to output.</summary>
    public static LayerPlan[] Of(Chain chain)
    {
        var plans = new List<LayerPlan>();
        foreach (ChainStep step in chain.Steps)
        {
            if (ReferenceEquals(step, chain.Steps[^1]) && plans.LastOrDefault() is LinearPlan && step.Plan is ActivationPlan { Function: { Kind: ActivationFunction.Sigmoid } })
                continue;
            if (step.Plan is ActivationPlan activation && plans.LastOrDefault() is EdgeLayerPlan { Activation: { Kind: ActivationFunction.Identity } } sums)
                plans[^1] = sums with { Activation = activation.Function };
            else
                plans.Add(step.Plan);
        }

        return [.. plans];
    }
}
