using Fpe.Compute;
using Fpe.Counting;

namespace Fpe;

/// <summary>
/// A fully connected layer over a sequence: the same function of the units of each place. Its edges are the filters of a convolution whose
/// window is one place.
/// </summary>
internal sealed class SequenceLinear : Linear
{
    private Conv2dShape shape = null!;

    public SequenceLinear(LinearPlan plan, Device device, long seed, int index)
        : base(plan, device, seed, index)
    {
    }

    public override int InputCount => shape.Input.Count;

    public override int OutputCount => shape.Output.Count;

    protected override string Kind => KindWith(nameof(Linear), Plan.Activation);

    internal override LayerSummary Summarize(LayerWeights counts, bool isExpanded) => base.Summarize(counts, isExpanded) with
    {
        Shape = $"{Edges.InputCount} → {Edges.OutputCount}, {Plan.Places} places",
        PossibleWeights = (long)Edges.InputCount * Edges.OutputCount,
        Places = Plan.Places,
    };

    protected internal override ValueUnits Follow(IReadOnlyList<ValueUnits> inputs) =>
        Children == 1 ? ValueUnits.Of(OutputCount) : ValueUnits.OfChildren(Plan.ChildRows, Plan.Places);

    protected internal override void Forward(ReadOnlySpan<Activations> inputs, LayerBuffers buffers, in Pass pass) =>
        Compute(Plan.Activation, Weight.Value, inputs[0], buffers, buffers.WeightedSums, buffers.Output, pass.Batch);

    protected internal override void Backward(
        ReadOnlySpan<Activations> inputs, ReadOnlySpan<Activations?> inputGradients, LayerBuffers buffers, in Pass pass)
    {
        Activations gradient = buffers.OutputGradient;
        if (Plan.Activation != ActivationFunction.Identity)
            Kernels.ActivationGradient(Plan.Activation, buffers.WeightedSums, buffers.Output, gradient, pass.Batch);
        Kernels.EdgeConv2dWeightGradient(shape, Weight.Edges!, inputs[0], gradient, Weight.Gradient, BiasGradient, pass.Batch);
        if (inputGradients[0] is { } inputGradient)
            Kernels.EdgeConv2dInputGradient(shape, Weight.Edges!, Weight.Value, gradient, inputGradient, pass.Batch);
        SumBiasGradients();
    }

    private protected override void Compute(
        ElementFunction activation, DeviceBuffer weights, Activations input, LayerBuffers buffers, Activations? sums, Activations output, int batch) =>
        Kernels.EdgeConv2dForward(shape, Weight.Edges!, weights, BiasesFor(buffers), activation, input, sums, output, batch);

    private protected override DeviceEdges Prepare(EdgeLayout layout) => Device.PrepareFilters(layout);

    private protected override void EdgesChanged() =>
        shape = new Conv2dShape(Name, Shape.Sequence(Edges.InputCount, Plan.Places, tokens: null), Edges.OutputCount, Window2d.Square(1), groups: 1);

    private protected override void ComputeGradient(
        DeviceEdges edges, Activations input, LayerBuffers buffers, DeviceBuffer gradient, DeviceBuffer biasGradient, int batch) =>
        Kernels.EdgeConv2dWeightGradient(shape, edges, input, buffers.OutputGradient, gradient, biasGradient, batch);
}
