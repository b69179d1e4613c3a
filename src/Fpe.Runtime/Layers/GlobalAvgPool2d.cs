using Fpe.Compute;
using Fpe.Counting;

namespace Fpe;

/// <summary>Computes the mean of each channel of an image (Lin, Chen and Yan, "Network in network", arXiv 1312.4400).</summary>
public sealed class GlobalAvgPool2d : Layer
{
    private int channels;

    internal GlobalAvgPool2d(GlobalAvgPool2dPlan plan, Device device)
        : base(plan, device) => channels = plan.Input.Channels;

    /// <summary>The layer as it was declared.</summary>
    public new GlobalAvgPool2dPlan Plan => (GlobalAvgPool2dPlan)base.Plan;

    /// <summary>The image that it currently reads: all channels, including children.</summary>
    public ImageShape Input => new(channels, Plan.Input.Height, Plan.Input.Width);

    /// <inheritdoc/>
    public override int InputCount => Input.Count;

    /// <inheritdoc/>
    public override int OutputCount => channels;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [];

    internal override LayerSummary Summarize(LayerWeights counts, bool isExpanded) =>
        base.Summarize(counts, isExpanded) with { Shape = $"{Input} → {OutputCount}" };

    /// <inheritdoc/>
    protected internal override ValueUnits Follow(IReadOnlyList<ValueUnits> inputs)
    {
        channels = inputs[0].Count / Plan.Input.Pixels;
        return inputs[0].WithPlaces(Plan.Input.Pixels, 1);
    }

    /// <inheritdoc/>
    protected internal override void Forward(ReadOnlySpan<Activations> inputs, LayerBuffers buffers, in Pass pass) =>
        Device.Kernels.MeanOfPlaces(Plan.Input.Pixels, inputs[0], buffers.Output, pass.Batch);

    /// <inheritdoc/>
    protected internal override void Backward(
        ReadOnlySpan<Activations> inputs, ReadOnlySpan<Activations?> inputGradients, LayerBuffers buffers, in Pass pass)
    {
        if (inputGradients[0] is { } inputGradient)
            Device.Kernels.MeanOfPlacesGradient(Plan.Input.Pixels, buffers.OutputGradient, inputGradient, pass.Batch);
    }
}

/// <content>The part of the plan that only the runtime knows.</content>
public sealed partial record GlobalAvgPool2dPlan
{
    /// <inheritdoc/>
    protected internal override LayerPlan WithInputs(IReadOnlyList<int> widths) => RequireSameInput(widths);

    /// <inheritdoc/>
    protected internal override Layer Create(Device device, long seed, int index) => new GlobalAvgPool2d(this, device);
}
