using Fpe.Compute;

namespace Fpe;

/// <summary>
/// A convolution: y = f(w ∗ x + b), where each filter slides over the image with one set of weights and reads all channels, or those of its
/// group. An expanded filter is replaced by several children whose weights partition its own; the next layer reads that many times the
/// channels.
/// </summary>
public sealed class Conv2d : Convolution
{
    internal Conv2d(Conv2dPlan plan, Device device, long seed, int index)
        : base(plan, device, seed, index)
    {
    }

    /// <summary>The layer as it was declared.</summary>
    public new Conv2dPlan Plan => (Conv2dPlan)base.Plan;
}

/// <content>The part of the plan that only the runtime knows.</content>
public sealed partial record Conv2dPlan
{
    /// <inheritdoc/>
    protected internal override Layer Create(Device device, long seed, int index) => new Conv2d(this, device, seed, index);
}
