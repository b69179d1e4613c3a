using Fpe.Compute;

namespace Fpe;

/// <summary>Concatenates values: all features of the first, then all of the second, and so on.</summary>
public sealed class Concat : Layer
{
    private int[] widths;

    internal Concat(ConcatPlan plan, Device device)
        : base(plan, device) => widths = [.. plan.Widths];

    /// <summary>The layer as it was declared.</summary>
    public new ConcatPlan Plan => (ConcatPlan)base.Plan;

    /// <inheritdoc/>
    public override int InputCount => widths.Sum();

    /// <inheritdoc/>
    public override int OutputCount => widths.Sum();

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [];

    /// <inheritdoc/>
    protected internal override ValueUnits Follow(IReadOnlyList<ValueUnits> inputs)
    {
        widths = [.. inputs.Select(input => input.Count)];
        return ValueUnits.Concatenate(inputs);
    }

    /// <inheritdoc/>
    protected internal override void Forward(ReadOnlySpan<Activations> inputs, LayerBuffers buffers, in Pass pass)
    {
        int first = 0;
        for (int i = 0; i < widths.Length; first += widths[i++])
            Device.Kernels.CopyFeatures(inputs[i], 0, buffers.Output, first, widths[i], pass.Batch);
    }

    /// <inheritdoc/>
    protected internal override void Backward(
        ReadOnlySpan<Activations> inputs, ReadOnlySpan<Activations?> inputGradients, LayerBuffers buffers, in Pass pass)
    {
        int first = 0;
        for (int i = 0; i < widths.Length; first += widths[i++])
        {
            if (inputGradients[i] is { } inputGradient)
                Device.Kernels.CopyFeatures(buffers.OutputGradient, first, inputGradient, 0, widths[i], pass.Batch);
        }
    }
}

/// <content>The part of the plan that only the runtime knows.</content>
public sealed partial record ConcatPlan
{
    /// <inheritdoc/>
    protected internal override LayerPlan WithInputs(IReadOnlyList<int> widths) => new ConcatPlan(Name, widths) { From = From };

    /// <inheritdoc/>
    protected internal override Layer Create(Device device, long seed, int index) => new Concat(this, device);
}
