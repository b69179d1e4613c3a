using Fpe.Compute;
using Fpe.Numerics;

namespace Fpe;

/// <summary>
/// A fully connected layer: y = f(x · Wᵀ + b), with W stored over the edges that exist. Before expansion, all edges exist; afterwards, each
/// neuron is replaced by several rows of W, its children, whose edges partition its own.
/// </summary>
/// <remarks>
/// With <see cref="LinearPlan.DropConnect"/> = p, each weight is left out of a training step with probability p and otherwise divided by 1
/// − p. Each step draws one mask for all samples of its batch; the mask is not stored. Predictions use all weights unchanged, which is
/// their mean (Wan et al., "Regularization of neural networks using DropConnect", ICML 2013, who draw a mask for each sample and predict
/// with a Gaussian approximation). Biases are never left out.
/// </remarks>
public sealed class Linear : EdgeLayer
{
    private readonly int index;
    private DeviceBuffer? maskedWeights;

    internal Linear(LinearPlan plan, Device device, long seed, int index)
        : base(plan, device, seed, index) => this.index = index;

    /// <summary>The layer as it was declared.</summary>
    public new LinearPlan Plan => (LinearPlan)base.Plan;

    /// <inheritdoc/>
    public override int InputCount => Edges.InputCount;

    /// <inheritdoc/>
    public override int OutputCount => Edges.OutputCount;

    private DeviceEdges DeviceEdges => Weight.Edges!;

    internal override long[] TensorShapeOf(EdgeLayout layout) => [layout.OutputCount, layout.InputCount];

    /// <inheritdoc/>
    protected internal override ValueUnits Follow(IReadOnlyList<ValueUnits> inputs) =>
        Children == 1 ? ValueUnits.Of(OutputCount) : ValueUnits.OfChildren(Plan.ChildRows);

    /// <inheritdoc/>
    protected internal override void Forward(ReadOnlySpan<Activations> inputs, LayerBuffers buffers, in Pass pass)
    {
        DeviceBuffer weights = Weight.Value;
        if (DropsWeights(pass))
        {
            Mask(weights, maskedWeights!, pass);
            weights = maskedWeights!;
        }

        Kernels.EdgeForward(
            DeviceEdges, weights, BiasesFor(buffers), Plan.Activation, inputs[0], buffers.WeightedSums, buffers.Output, pass.Batch);
    }

    /// <inheritdoc/>
    protected internal override void Backward(
        ReadOnlySpan<Activations> inputs, ReadOnlySpan<Activations?> inputGradients, LayerBuffers buffers, in Pass pass)
    {
        (Activations? sums, Activations output, Activations outputGradient) = (buffers.WeightedSums, buffers.Output, buffers.OutputGradient);
        bool dropsWeights = DropsWeights(pass);
        ActivationFunction function = Plan.Activation;
        if (inputGradients[0] is { } inputGradient)
        {
            DeviceBuffer weights = dropsWeights ? maskedWeights! : Weight.Value;
            Kernels.EdgeInputGradient(DeviceEdges, weights, function, sums, output, outputGradient, inputGradient, pass.Batch);
            function = ActivationFunction.Identity;
        }
        else if (pass.KeepsGradients)
        {
            Kernels.ActivationGradient(function, sums, output, outputGradient, pass.Batch);
            function = ActivationFunction.Identity;
        }

        Kernels.EdgeWeightGradient(
            DeviceEdges, function, inputs[0], sums, output, outputGradient, Weight.Gradient, BiasGradient, pass.Batch);
        if (dropsWeights)
            Mask(Weight.Gradient, Weight.Gradient, pass);
        SumBiasGradients();
    }

    /// <inheritdoc/>
    protected internal override void Free()
    {
        base.Free();
        maskedWeights?.Dispose();
    }

    private protected override Parameter CreateParent(double[] weights) => CreateWeight(EdgeLayout.Dense(Plan.Neurons, Plan.Inputs), weights);

    private protected override DeviceEdges Prepare(EdgeLayout layout) => Device.Prepare(layout);

    private protected override void EdgesChanged()
    {
        maskedWeights?.Dispose();
        maskedWeights = Plan.DropConnect > 0 ? Device.Allocate(DeviceEdges.StorageLength) : null;
    }

    private protected override void ComputeGradient(
        DeviceEdges edges, Activations input, LayerBuffers buffers, DeviceBuffer gradient, DeviceBuffer biasGradient, int batch) =>
        Kernels.EdgeWeightGradient(
            edges, ActivationFunction.Identity, input, buffers.WeightedSums, buffers.Output, buffers.OutputGradient, gradient, biasGradient, batch);

    private bool DropsWeights(in Pass pass) => pass.Training && Plan.DropConnect > 0;

    // The gradient of a masked scaling is the same masked scaling of the gradient.
    private void Mask(DeviceBuffer source, DeviceBuffer destination, in Pass pass) => Kernels.DropConnect(
        Plan.DropConnect, unchecked((ulong)pass.Seed), pass.StreamOf(RandomPurpose.DropConnect, index), source, destination);
}

/// <content>The part of the plan that only the runtime knows.</content>
public sealed partial record LinearPlan
{
    /// <inheritdoc/>
    protected internal override LayerPlan WithInputs(IReadOnlyList<int> widths) => WithWidths(widths[0], Neurons);

    /// <summary>The layer with other numbers of inputs and neurons.</summary>
    internal LinearPlan WithWidths(int inputs, int neurons) =>
        new(Name, inputs, neurons, Activation) { From = From, Expansion = Expansion, DropConnect = DropConnect };

    /// <inheritdoc/>
    protected internal override void Describe(IPlanFields fields)
    {
        fields.Add("kind", nameof(Linear));
        fields.Add("activation", Activation.ToString());
        fields.Add("dropConnect", DropConnect);
        fields.Add(Expansion);
    }

    /// <inheritdoc/>
    protected internal override Layer Create(Device device, long seed, int index) => new Linear(this, device, seed, index);
}
