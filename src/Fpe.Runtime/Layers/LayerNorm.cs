using Fpe.Compute;

namespace Fpe;

/// <summary>
/// Layer normalisation (Ba, Kiros and Hinton, arXiv 1607.06450): y = (x − μ) / √(σ² + ε) ⊙ γ + β, with the mean μ and the variance σ² of
/// the values of one sample, or of the units of one place of a sequence. In an expanded model, these include all children; each child starts
/// with its parent's γ and β.
/// </summary>
public sealed class LayerNorm : Layer
{
    private Parameter scale;
    private Parameter shift;
    private Parameter[] parameters;

    internal LayerNorm(LayerNormPlan plan, Device device)
        : base(plan, device)
    {
        (scale, shift, parameters) = Store([.. Enumerable.Repeat(1.0, plan.Units)], new double[plan.Units]);
    }

    /// <summary>The layer as it was declared.</summary>
    public new LayerNormPlan Plan => (LayerNormPlan)base.Plan;

    /// <inheritdoc/>
    public override int InputCount => scale.Count * Plan.Places;

    /// <inheritdoc/>
    public override int OutputCount => scale.Count * Plan.Places;

    /// <summary>γ, one per unit; initially 1.</summary>
    public Parameter Scale => scale;

    /// <summary>β, one per unit; initially 0.</summary>
    public Parameter Shift => shift;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => parameters;

    /// <inheritdoc/>
    protected internal override ValueUnits Follow(IReadOnlyList<ValueUnits> inputs)
    {
        ValueUnits units = inputs[0];
        if (units.Count != InputCount)
        {
            (double[] scales, double[] shifts) = (scale.ReadFor(units), shift.ReadFor(units));
            Free();
            (scale, shift, parameters) = Store(scales, shifts);
        }

        return units;
    }

    /// <inheritdoc/>
    protected internal override LayerBuffers Allocate(IReadOnlyList<LayerBuffers> inputs, bool training)
    {
        int capacity = inputs[0].Output.Capacity;
        return new LayerBuffers(AllocateOutputs(capacity), training ? AllocateOutputs(capacity) : null)
        {
            Statistics = Device.AllocateActivations(2 * Plan.Places, capacity),
        };
    }

    /// <inheritdoc/>
    protected internal override void Forward(ReadOnlySpan<Activations> inputs, LayerBuffers buffers, in Pass pass) => Device.Kernels.LayerNormForward(
        Plan.Places, scale.Value, shift.Value, Plan.Epsilon, inputs[0], buffers.Output, buffers.Statistics!, pass.Batch);

    /// <inheritdoc/>
    protected internal override void Backward(
        ReadOnlySpan<Activations> inputs, ReadOnlySpan<Activations?> inputGradients, LayerBuffers buffers, in Pass pass)
    {
        Device.Kernels.LayerNormParameterGradient(
            Plan.Places, buffers.Statistics!, inputs[0], buffers.OutputGradient, scale.Gradient, shift.Gradient, pass.Batch);
        if (inputGradients[0] is { } inputGradient)
            Device.Kernels.LayerNormInputGradient(Plan.Places, scale.Value, buffers.Statistics!, inputs[0], buffers.OutputGradient, inputGradient, pass.Batch);
    }

    /// <inheritdoc/>
    protected internal override void Free()
    {
        scale.Free();
        shift.Free();
    }

    // PyTorch calls them weight and bias in files.
    private (Parameter Scale, Parameter Shift, Parameter[] Both) Store(double[] scales, double[] shifts)
    {
        var newScale = new Parameter(ParameterName("weight"), ParameterRole.Scale, scales.Length, Device);
        var newShift = new Parameter(ParameterName("bias"), ParameterRole.Shift, shifts.Length, Device);
        newScale.Value.Write(scales);
        newShift.Value.Write(shifts);
        return (newScale, newShift, [newScale, newShift]);
    }
}

/// <content>The part of the plan that only the runtime knows.</content>
public sealed partial record LayerNormPlan
{
    /// <inheritdoc/>
    protected internal override LayerPlan WithInputs(IReadOnlyList<int> widths) => new LayerNormPlan(Name, widths[0], Epsilon, Places) { From = From };

    /// <inheritdoc/>
    protected internal override Layer Create(Device device, long seed, int index) => new LayerNorm(this, device);
}
