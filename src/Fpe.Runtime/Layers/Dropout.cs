using Fpe.Compute;
using Fpe.Numerics;

namespace Fpe;

/// <summary>
/// Sets each value to zero with a fixed probability during training and scales the others by 1 / (1 − rate); leaves values unchanged when
/// predicting (Srivastava et al., 2014).
/// </summary>
public sealed class Dropout : Layer
{
    private readonly int index;
    private int width;

    internal Dropout(DropoutPlan plan, Device device, int index)
        : base(plan, device)
    {
        this.index = index;
        width = plan.Width;
    }

    /// <summary>The layer as it was declared.</summary>
    public new DropoutPlan Plan => (DropoutPlan)base.Plan;

    /// <inheritdoc/>
    public override int InputCount => width;

    /// <inheritdoc/>
    public override int OutputCount => width;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [];

    /// <inheritdoc/>
    protected internal override ValueUnits Follow(IReadOnlyList<ValueUnits> inputs)
    {
        width = inputs[0].Count;
        return inputs[0];
    }

    /// <inheritdoc/>
    protected internal override void Forward(ReadOnlySpan<Activations> inputs, LayerBuffers buffers, in Pass pass) => Drop(inputs[0], buffers.Output, pass);

    /// <inheritdoc/>
    // The gradient of a masked scaling is the same masked scaling of the gradient.
    protected internal override void Backward(
        ReadOnlySpan<Activations> inputs, ReadOnlySpan<Activations?> inputGradients, LayerBuffers buffers, in Pass pass)
    {
        if (inputGradients[0] is { } inputGradient)
            Drop(buffers.OutputGradient, inputGradient, pass);
    }

    private void Drop(Activations source, Activations destination, in Pass pass)
    {
        double rate = pass.Training ? Plan.Rate : 0;
        Device.Kernels.Dropout(
            rate, unchecked((ulong)pass.Seed), pass.StreamOf(RandomPurpose.Dropout, index), source, destination, pass.Batch);
    }
}

/// <content>The part of the plan that only the runtime knows.</content>
public sealed partial record DropoutPlan
{
    /// <inheritdoc/>
    protected internal override LayerPlan WithInputs(IReadOnlyList<int> widths) => new DropoutPlan(Name, widths[0], Rate) { From = From };

    /// <inheritdoc/>
    protected internal override Layer Create(Device device, long seed, int index) => new Dropout(this, device, index);
}
