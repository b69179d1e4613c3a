using Fpe.Compute;
using Fpe.Counting;
using Fpe.Expansion;

namespace Fpe;

/// <summary>
/// A convolution: y = f(w ∗ x + b), where each filter slides over the image with one set of weights. A convolution that is not expanded and
/// reads no children is trained with the rest of the model, but never pruned. One in groups keeps its groups: the children of a filter read
/// channels of its group, and each group reads the children of its channels.
/// </summary>
public abstract class Convolution : EdgeLayer
{
    private protected Convolution(ConvolutionPlan plan, Device device, long seed, int index)
        : base(plan, device, seed, index)
    {
    }

    /// <summary>The layer as it was declared.</summary>
    public new ConvolutionPlan Plan => (ConvolutionPlan)base.Plan;

    /// <summary>The current shape of the convolution: the channels that it reads and writes, including children.</summary>
    public Conv2dShape Shape { get; private set; } = null!;

    /// <inheritdoc/>
    public override int InputCount => Shape.Input.Count;

    /// <inheritdoc/>
    public override int OutputCount => Shape.Output.Count;

    /// <summary>The shape for kernels over edges, which have no groups: the edges between groups do not exist.</summary>
    private Conv2dShape EdgeShape { get; set; } = null!;

    internal override long[] TensorShapeOf(EdgeLayout layout) =>
        [layout.OutputCount, layout.InputCount / Plan.Window.Count, .. Plan.KernelSizes];

    internal override LayerSummary Summarize(LayerWeights counts, bool isExpanded) => base.Summarize(counts, isExpanded) with
    {
        Shape = $"{Plan.ShapeOf(Shape.Input)} → {Plan.ShapeOf(Shape.Output)}",
        PossibleWeights = Shape.WeightCount,
        Places = Shape.Output.Pixels,
    };

    /// <inheritdoc/>
    protected internal override ValueUnits Follow(IReadOnlyList<ValueUnits> inputs) =>
        Children == 1 ? ValueUnits.Of(OutputCount) : ValueUnits.OfChildren(Plan.ChildRows, Shape.Output.Pixels);

    /// <inheritdoc/>
    protected internal override void Forward(ReadOnlySpan<Activations> inputs, LayerBuffers buffers, in Pass pass) =>
        Compute(Plan.Activation, Weight.Value, inputs[0], buffers, buffers.WeightedSums, buffers.Output, pass.Batch);

    /// <inheritdoc/>
    protected internal override void Backward(
        ReadOnlySpan<Activations> inputs, ReadOnlySpan<Activations?> inputGradients, LayerBuffers buffers, in Pass pass)
    {
        Activations gradient = buffers.OutputGradient;
        if (Plan.Activation != ActivationFunction.Identity)
            Kernels.ActivationGradient(Plan.Activation, buffers.WeightedSums, buffers.Output, gradient, pass.Batch);
        if (Weight.Edges is { } edges)
        {
            Kernels.EdgeConv2dWeightGradient(EdgeShape, edges, inputs[0], gradient, Weight.Gradient, BiasGradient, pass.Batch);
            if (inputGradients[0] is { } inputGradient)
                Kernels.EdgeConv2dInputGradient(EdgeShape, edges, Weight.Value, gradient, inputGradient, pass.Batch);
        }
        else
        {
            Kernels.Conv2dWeightGradient(Shape, inputs[0], gradient, Weight.Gradient, Bias.Gradient, pass.Batch);
            if (inputGradients[0] is { } inputGradient)
                Kernels.Conv2dInputGradient(Shape, Weight.Value, gradient, inputGradient, pass.Batch);
        }
    }

    private protected override void Compute(
        ElementFunction activation, DeviceBuffer weights, Activations input, LayerBuffers buffers, Activations? sums, Activations output, int batch)
    {
        if (Weight.Edges is { } edges)
            Kernels.EdgeConv2dForward(EdgeShape, edges, weights, BiasesFor(buffers), activation, input, sums, output, batch);
        else
            Kernels.Conv2dForward(Shape, weights, Bias.Value, activation, input, sums, output, batch);
    }

    private protected override Parameter CreateParent(double[] weights)
    {
        var filters = new Parameter(ParameterName("weight"), ParameterRole.Weight, weights.Length, Device)
        {
            Shape = [Plan.Filters, Plan.Shape.GroupChannels, .. Plan.KernelSizes],
        };
        filters.Value.Write(weights);
        return filters;
    }

    private protected override DeviceEdges Prepare(EdgeLayout layout) => Device.PrepareFilters(layout.AcrossGroups(Plan.Groups));

    private protected override void EdgesChanged()
    {
        int channels = Edges.InputCount / Plan.Window.Count * Plan.Groups;
        Shape input = Plan.ShapeOf(new ImageShape(channels, Plan.Input.Height, Plan.Input.Width));
        Shape = new Conv2dShape(Name, input, Edges.OutputCount, Plan.Window, Plan.Groups);
        EdgeShape = Shape.WithoutGroups();
    }

    private protected override void ComputeGradient(
        DeviceEdges edges, Activations input, LayerBuffers buffers, DeviceBuffer gradient, DeviceBuffer biasGradient, int batch) =>
        Kernels.EdgeConv2dWeightGradient(EdgeShape, edges, input, buffers.OutputGradient, gradient, biasGradient, batch);
}

/// <content>The part of the plan that only the runtime knows.</content>
public abstract partial record ConvolutionPlan
{
    /// <inheritdoc/>
    protected internal override LayerPlan WithInputs(IReadOnlyList<int> widths) => RequireSameInput(widths);
}
