using Fpe.Compute;

namespace Fpe;

/// <summary>
/// A convolution over the places of a sequence: y = f(w ∗ x + b), where each filter slides over the places with one set of weights and reads
/// all units, or those of its group. An expanded filter is replaced by several children whose weights partition its own.
/// </summary>
public sealed class Conv1d : Convolution
{
    internal Conv1d(Conv1dPlan plan, Device device, long seed, int index)
        : base(plan, device, seed, index)
    {
    }

    /// <summary>The layer as it was declared.</summary>
    public new Conv1dPlan Plan => (Conv1dPlan)base.Plan;
}

/// <content>The part of the plan that only the runtime knows.</content>
public sealed partial record Conv1dPlan
{
    /// <inheritdoc/>
    protected internal override Layer Create(Device device, long seed, int index) => new Conv1d(this, device, seed, index);
}
