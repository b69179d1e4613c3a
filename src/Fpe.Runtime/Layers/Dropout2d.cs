using Fpe.Compute;
using Fpe.Counting;
using Fpe.Numerics;

namespace Fpe;

/// <summary>
/// Sets each channel of an image to zero, as a whole, with a fixed probability during training and scales the others by 1 / (1 − rate);
/// leaves values unchanged when predicting (Tompson et al., "Efficient object localization using convolutional networks", 2015).
/// </summary>
public sealed class Dropout2d : Layer
{
    private readonly int index;
    private int channels;

    internal Dropout2d(Dropout2dPlan plan, Device device, int index)
        : base(plan, device) => (this.index, channels) = (index, plan.Input.Channels);

    /// <summary>The layer as it was declared.</summary>
    public new Dropout2dPlan Plan => (Dropout2dPlan)base.Plan;

    /// <summary>The image that it currently reads: all channels, including children.</summary>
    public ImageShape Input => new(channels, Plan.Input.Height, Plan.Input.Width);

    /// <inheritdoc/>
    public override int InputCount => Input.Count;

    /// <inheritdoc/>
    public override int OutputCount => Input.Count;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [];

    internal override LayerSummary Summarize(LayerWeights counts, bool isExpanded) =>
        base.Summarize(counts, isExpanded) with { Shape = $"{Input}" };

    /// <inheritdoc/>
    protected internal override ValueUnits Follow(IReadOnlyList<ValueUnits> inputs)
    {
        channels = inputs[0].Count / Plan.Input.Pixels;
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
        Device.Kernels.DropoutOfChannels(
            Plan.Input.Pixels, rate, unchecked((ulong)pass.Seed), pass.StreamOf(RandomPurpose.Dropout, index), source, destination, pass.Batch);
    }
}

/// <content>The part of the plan that only the runtime knows.</content>
public sealed partial record Dropout2dPlan
{
    /// <inheritdoc/>
    protected internal override LayerPlan WithInputs(IReadOnlyList<int> widths) => RequireSameInput(widths);

    /// <inheritdoc/>
    protected internal override Layer Create(Device device, long seed, int index) => new Dropout2d(this, device, index);
}
