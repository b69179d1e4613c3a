using Fpe.Compute;

namespace Fpe;

/// <summary>Applies a function to each value, such as after an <see cref="Add"/>.</summary>
public sealed class Activation : Layer
{
    private int width;

    internal Activation(ActivationPlan plan, Device device)
        : base(plan, device) => width = plan.Width;

    /// <summary>The layer as it was declared.</summary>
    public new ActivationPlan Plan => (ActivationPlan)base.Plan;

    /// <inheritdoc/>
    public override int InputCount => width;

    /// <inheritdoc/>
    public override int OutputCount => width;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [];

    /// <inheritdoc/>
    protected override string Kind => $"{nameof(Activation)}, {Plan.Function}";

    /// <inheritdoc/>
    protected internal override ValueUnits Follow(IReadOnlyList<ValueUnits> inputs)
    {
        width = inputs[0].Count;
        return inputs[0];
    }

    /// <inheritdoc/>
    protected internal override void Forward(ReadOnlySpan<Activations> inputs, LayerBuffers buffers, in Pass pass) =>
        Device.Kernels.Activate(Plan.Function, inputs[0], buffers.Output, pass.Batch);

    /// <inheritdoc/>
    protected internal override void Backward(
        ReadOnlySpan<Activations> inputs, ReadOnlySpan<Activations?> inputGradients, LayerBuffers buffers, in Pass pass)
    {
        if (inputGradients[0] is not { } inputGradient)
            return;
        Device.Kernels.CopyFeatures(buffers.OutputGradient, 0, inputGradient, 0, width, pass.Batch);
        Activations? sums = Plan.Function.Kind.NeedsWeightedSums() ? inputs[0] : null;
        Device.Kernels.ActivationGradient(Plan.Function, sums, buffers.Output, inputGradient, pass.Batch);
    }
}

/// <content>The part of the plan that only the runtime knows.</content>
public sealed partial record ActivationPlan
{
    /// <inheritdoc/>
    protected internal override LayerPlan WithInputs(IReadOnlyList<int> widths) => new ActivationPlan(Name, widths[0], Function) { From = From };

    /// <inheritdoc/>
    protected internal override Layer Create(Device device, long seed, int index) => new Activation(this, device);
}
