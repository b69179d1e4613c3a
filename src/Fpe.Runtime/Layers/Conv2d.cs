using Fpe.Compute;
using Fpe.Counting;
using Fpe.Expansion;

namespace Fpe;

/// <summary>
/// A convolution: y = f(w ∗ x + b), where each filter slides over the image with one set of weights. An expanded filter is replaced by
/// several children whose weights partition its own; the next layer reads that many times the channels. A convolution that is not expanded
/// and reads no children is trained with the rest of the model, but never pruned.
/// </summary>
public sealed class Conv2d : EdgeLayer
{
    private readonly EdgeLayout dense;

    internal Conv2d(Conv2dPlan plan, Device device, long seed, int index)
        : base(plan, device, seed, index) => dense = EdgeLayout.Dense(plan.Filters, plan.FanIn);

    /// <summary>The layer as it was declared.</summary>
    public new Conv2dPlan Plan => (Conv2dPlan)base.Plan;

    /// <summary>The current shape of the convolution: the channels that it reads and writes, including children.</summary>
    public Conv2dShape Shape { get; private set; } = null!;

    /// <inheritdoc/>
    public override int InputCount => Shape.Input.Count;

    /// <inheritdoc/>
    public override int OutputCount => Shape.Output.Count;

    /// <summary>
    /// Which weights exist: one row per filter; column (channel · kernel + i) · kernel + j holds weight (i, j) of a channel.
    /// </summary>
    public override EdgeLayout Edges => Weight.Edges?.Layout ?? dense;

    internal override long[] TensorShapeOf(EdgeLayout layout) =>
        [layout.OutputCount, layout.InputCount / (Plan.Kernel * Plan.Kernel), Plan.Kernel, Plan.Kernel];

    internal override LayerSummary Summarize(LayerWeights counts, bool isExpanded) => base.Summarize(counts, isExpanded) with
    {
        Shape = $"{Shape.Input} → {Shape.Output}",
        PossibleWeights = Shape.WeightCount,
        Places = Shape.Output.Pixels,
    };

    /// <inheritdoc/>
    protected internal override ValueUnits Follow(IReadOnlyList<ValueUnits> inputs) =>
        Children == 1 ? ValueUnits.Of(OutputCount) : ValueUnits.OfChildren(Plan.ChildRows, Shape.Output.Pixels);

    /// <inheritdoc/>
    protected internal override void Forward(ReadOnlySpan<Activations> inputs, LayerBuffers buffers, in Pass pass)
    {
        (Activations? sums, Activations output) = (buffers.WeightedSums, buffers.Output);
        if (Weight.Edges is { } edges)
            Kernels.EdgeConv2dForward(Shape, edges, Weight.Value, BiasesFor(buffers), Plan.Activation, inputs[0], sums, output, pass.Batch);
        else
            Kernels.Conv2dForward(Shape, Weight.Value, Bias.Value, Plan.Activation, inputs[0], sums, output, pass.Batch);
    }

    /// <inheritdoc/>
    protected internal override void Backward(
        ReadOnlySpan<Activations> inputs, ReadOnlySpan<Activations?> inputGradients, LayerBuffers buffers, in Pass pass)
    {
        Activations gradient = buffers.OutputGradient;
        if (Plan.Activation != ActivationFunction.Identity)
            Kernels.ActivationGradient(Plan.Activation, buffers.WeightedSums, buffers.Output, gradient, pass.Batch);
        if (Weight.Edges is { } edges)
        {
            Kernels.EdgeConv2dWeightGradient(Shape, edges, inputs[0], gradient, Weight.Gradient, BiasGradient, pass.Batch);
            if (inputGradients[0] is { } inputGradient)
                Kernels.EdgeConv2dInputGradient(Shape, edges, Weight.Value, gradient, inputGradient, pass.Batch);
        }
        else
        {
            Kernels.Conv2dWeightGradient(Shape, inputs[0], gradient, Weight.Gradient, Bias.Gradient, pass.Batch);
            if (inputGradients[0] is { } inputGradient)
                Kernels.Conv2dInputGradient(Shape, Weight.Value, gradient, inputGradient, pass.Batch);
        }
    }

    private protected override Parameter CreateParent(double[] weights)
    {
        var filters = new Parameter(ParameterName("weight"), ParameterRole.Weight, weights.Length, Device)
        {
            Shape = [Plan.Filters, Plan.Input.Channels, Plan.Kernel, Plan.Kernel],
        };
        filters.Value.Write(weights);
        return filters;
    }

    private protected override DeviceEdges Prepare(EdgeLayout layout) => Device.PrepareFilters(layout);

    private protected override void EdgesChanged()
    {
        if (Weight.Edges?.Layout is not { } layout)
        {
            Shape = Plan.Shape;
            return;
        }

        int channels = layout.InputCount / (Plan.Kernel * Plan.Kernel);
        var input = new ImageShape(channels, Plan.Input.Height, Plan.Input.Width);
        Shape = new Conv2dShape(Name, input, layout.OutputCount, Plan.Kernel, Plan.Stride, Plan.Padding);
    }

    private protected override void ComputeGradient(
        DeviceEdges edges, Activations input, LayerBuffers buffers, DeviceBuffer gradient, DeviceBuffer biasGradient, int batch) =>
        Kernels.EdgeConv2dWeightGradient(Shape, edges, input, buffers.OutputGradient, gradient, biasGradient, batch);
}

/// <content>The part of the plan that only the runtime knows.</content>
public sealed partial record Conv2dPlan
{
    /// <inheritdoc/>
    protected internal override LayerPlan WithInputs(IReadOnlyList<int> widths) => RequireSameInput(widths);

    /// <inheritdoc/>
    protected internal override void Describe(IPlanFields fields)
    {
        fields.Add("kind", nameof(Conv2d));
        fields.Add(Input);
        fields.Add("filters", Filters);
        fields.Add("kernel", Kernel);
        fields.Add("stride", Stride);
        fields.Add("padding", Padding);
        fields.Add(Activation);
        if (Expansion != ExpansionPlan.None)
            fields.Add(Expansion);
    }

    /// <inheritdoc/>
    protected internal override Layer Create(Device device, long seed, int index) => new Conv2d(this, device, seed, index);
}
