using Fpe.Compute;

namespace Fpe.Runtime.Tests.Quantization;

/// <summary>The layer of a <see cref="ForeignPlan"/>.</summary>
internal sealed class ForeignLayer(ForeignPlan plan, Device device) : Layer(plan, device)
{
    public override int InputCount => plan.Width;

    public override int OutputCount => plan.Width;

    public override IReadOnlyList<Parameter> Parameters => [];

    protected internal override ValueUnits Follow(IReadOnlyList<ValueUnits> inputs) => inputs[0];

    protected internal override void Forward(ReadOnlySpan<Activations> inputs, LayerBuffers buffers, in Pass pass) =>
        Device.Kernels.CopyFeatures(inputs[0], 0, buffers.Output, 0, plan.Width, pass.Batch);

    protected internal override void Backward(
        ReadOnlySpan<Activations> inputs, ReadOnlySpan<Activations?> inputGradients, LayerBuffers buffers, in Pass pass)
    {
    }
}
