using Fpe.Compute;

namespace Fpe;

/// <summary>
/// A convolution whose filters read one channel each; each channel has the same number of filters. It is trained with the rest of the model,
/// but never expanded or pruned.
/// </summary>
public sealed class DepthwiseConv2d : Convolution
{
    internal DepthwiseConv2d(DepthwiseConv2dPlan plan, Device device, long seed, int index)
        : base(plan, device, seed, index)
    {
    }

    /// <summary>The layer as it was declared.</summary>
    public new DepthwiseConv2dPlan Plan => (DepthwiseConv2dPlan)base.Plan;
}

/// <content>The part of the plan that only the runtime knows.</content>
public sealed partial record DepthwiseConv2dPlan
{
    /// <inheritdoc/>
    protected internal override Layer Create(Device device, long seed, int index) => new DepthwiseConv2d(this, device, seed, index);
}
