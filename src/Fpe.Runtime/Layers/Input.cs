using Fpe.Compute;

namespace Fpe;

/// <summary>One of several inputs of a sample: consecutive values of it.</summary>
public sealed class Input : Layer
{
    internal Input(InputPlan plan, Device device)
        : base(plan, device)
    {
    }

    /// <summary>The input as it was declared.</summary>
    public new InputPlan Plan => (InputPlan)base.Plan;

    /// <inheritdoc/>
    public override int InputCount => Plan.Inputs;

    /// <inheritdoc/>
    public override int OutputCount => Plan.Count;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [];

    /// <inheritdoc/>
    protected internal override ValueUnits Follow(IReadOnlyList<ValueUnits> inputs) => ValueUnits.Of(OutputCount);

    /// <inheritdoc/>
    protected internal override void Forward(ReadOnlySpan<Activations> inputs, LayerBuffers buffers, in Pass pass) =>
        Device.Kernels.CopyFeatures(inputs[0], Plan.First, buffers.Output, to: 0, Plan.Count, pass.Batch);

    /// <summary>Does nothing: nothing below an input learns.</summary>
    protected internal override void Backward(
        ReadOnlySpan<Activations> inputs, ReadOnlySpan<Activations?> inputGradients, LayerBuffers buffers, in Pass pass)
    {
    }
}

/// <content>The part of the plan that only the runtime knows.</content>
public sealed partial record InputPlan
{
    /// <inheritdoc/>
    protected internal override LayerPlan WithInputs(IReadOnlyList<int> widths) => new InputPlan(Name, widths[0], First, Count, Vocabulary) { From = From };

    /// <inheritdoc/>
    protected internal override Layer Create(Device device, long seed, int index) => new Input(this, device);
}
