using Fpe.Compute;
using Fpe.Counting;

namespace Fpe;

/// <summary>
/// Keeps the largest value in a square window of each channel; the first of equal values, and NaN if the window contains one.
/// </summary>
public sealed class MaxPool2d : Layer
{
    internal MaxPool2d(MaxPool2dPlan plan, Device device)
        : base(plan, device) => Shape = plan.Shape;

    /// <summary>The layer as it was declared.</summary>
    public new MaxPool2dPlan Plan => (MaxPool2dPlan)base.Plan;

    /// <summary>The current shape of the pooling layer, for all channels that it reads, including children.</summary>
    public MaxPool2dShape Shape { get; private set; }

    /// <inheritdoc/>
    public override int InputCount => Shape.Input.Count;

    /// <inheritdoc/>
    public override int OutputCount => Shape.Output.Count;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [];

    internal override LayerSummary Summarize(LayerWeights counts, bool isExpanded) =>
        base.Summarize(counts, isExpanded) with { Shape = $"{Shape.Input} → {Shape.Output}" };

    /// <inheritdoc/>
    protected internal override ValueUnits Follow(IReadOnlyList<ValueUnits> inputs)
    {
        ImageShape image = Plan.Shape.Input;
        Shape = new MaxPool2dShape(Name, new ImageShape(inputs[0].Count / image.Pixels, image.Height, image.Width), Plan.Kernel, Plan.Stride);
        return inputs[0].WithPlaces(image.Pixels, Shape.Output.Pixels);
    }

    /// <inheritdoc/>
    protected internal override void Forward(ReadOnlySpan<Activations> inputs, LayerBuffers buffers, in Pass pass) =>
        Device.Kernels.MaxPool2dForward(Shape, inputs[0], buffers.Output, pass.Batch);

    /// <inheritdoc/>
    protected internal override void Backward(
        ReadOnlySpan<Activations> inputs, ReadOnlySpan<Activations?> inputGradients, LayerBuffers buffers, in Pass pass)
    {
        if (inputGradients[0] is { } inputGradient)
            Device.Kernels.MaxPool2dInputGradient(Shape, inputs[0], buffers.OutputGradient, inputGradient, pass.Batch);
    }
}

/// <content>The part of the plan that only the runtime knows.</content>
public sealed partial record MaxPool2dPlan
{
    /// <inheritdoc/>
    protected internal override LayerPlan WithInputs(IReadOnlyList<int> widths) => RequireSameInput(widths);

    /// <inheritdoc/>
    protected internal override void Describe(IPlanFields fields)
    {
        fields.Add("kind", nameof(MaxPool2d));
        fields.Add(Input);
        fields.Add("kernel", Kernel);
        fields.Add("stride", Stride);
    }

    /// <inheritdoc/>
    protected internal override Layer Create(Device device, long seed, int index) => new MaxPool2d(this, device);
}
