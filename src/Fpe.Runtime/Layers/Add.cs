using Fpe.Compute;

namespace Fpe;

/// <summary>Adds values element by element, as at the end of a residual connection.</summary>
public sealed class Add : Layer
{
    private int width;

    internal Add(AddPlan plan, Device device)
        : base(plan, device) => width = plan.Width;

    /// <summary>The layer as it was declared.</summary>
    public new AddPlan Plan => (AddPlan)base.Plan;

    /// <summary>Width of each value that it adds.</summary>
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
    protected internal override void Forward(ReadOnlySpan<Activations> inputs, LayerBuffers buffers, in Pass pass)
    {
        Device.Kernels.CopyFeatures(inputs[0], 0, buffers.Output, 0, width, pass.Batch);
        foreach (Activations input in inputs[1..])
            Device.Kernels.AddFeatures(input, 0, buffers.Output, 0, width, pass.Batch);
    }

    /// <inheritdoc/>
    protected internal override void Backward(
        ReadOnlySpan<Activations> inputs, ReadOnlySpan<Activations?> inputGradients, LayerBuffers buffers, in Pass pass)
    {
        foreach (Activations? inputGradient in inputGradients)
        {
            if (inputGradient is not null)
                Device.Kernels.CopyFeatures(buffers.OutputGradient, 0, inputGradient, 0, width, pass.Batch);
        }
    }
}

/// <content>The part of the plan that only the runtime knows.</content>
public sealed partial record AddPlan
{
    /// <inheritdoc/>
    protected internal override LayerPlan WithInputs(IReadOnlyList<int> widths) => new AddPlan(Name, widths[0]) { From = From };

    /// <inheritdoc/>
    protected internal override Layer Create(Device device, long seed, int index) => new Add(this, device);
}
