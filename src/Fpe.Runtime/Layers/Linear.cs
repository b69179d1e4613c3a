using Fpe.Compute;

namespace Fpe;

/// <summary>
/// A fully connected layer: y = f(x · Wᵀ + b), with W stored over the edges that exist. Before expansion, all edges exist; afterwards, each
/// neuron is replaced by several rows of W, its children, whose edges partition its own.
/// </summary>
/// <remarks>A layer that derives from this one may train with other weights than it keeps, such as noisy or rounded ones.</remarks>
public class Linear : EdgeLayer
{
    /// <summary>Creates the layer of the dense parent, initialised.</summary>
    /// <param name="plan">The layer as it was declared.</param>
    /// <param name="device">Where it lives.</param>
    /// <param name="seed">Seed of its initial weights.</param>
    /// <param name="index">Its position in the model, from 0.</param>
    protected internal Linear(LinearPlan plan, Device device, long seed, int index)
        : base(plan, device, seed, index)
    {
    }

    /// <summary>The layer as it was declared.</summary>
    public new LinearPlan Plan => (LinearPlan)base.Plan;

    /// <inheritdoc/>
    public override int InputCount => Edges.InputCount;

    /// <inheritdoc/>
    public override int OutputCount => Edges.OutputCount;

    /// <summary>
    /// Whether the layer can leave its input gradient to the layer it reads (<see cref="LayerBuffers.Reader"/>), or compute that of its
    /// reader: a step is then one kernel shorter. A layer that derives from this one may have a backward pass of its own, which knows nothing
    /// of readers.
    /// </summary>
    internal bool ComputesThroughReader => GetType() == typeof(Linear);

    /// <summary>
    /// If set, the next backward passes are those of chunks, each with buffers of its own; the last of them computes the sum of the gradients of all,
    /// and the others leave gradients as they are.
    /// </summary>
    internal EdgeChunks? Chunks { get; set; }

    /// <summary>Returns how many chunks <see cref="Chunks"/> can have; 1 if a chunk is to be computed on its own.</summary>
    /// <param name="fewest">The fewest samples of a chunk.</param>
    /// <param name="most">The most samples of a chunk.</param>
    internal int ChunksAtOnce(int fewest, int most) => ComputesThroughReader && HasOwnBiases ? DeviceEdges.ChunksAtOnce(fewest, most) : 1;

    private DeviceEdges DeviceEdges => Weight.Edges!;

    internal override long[] TensorShapeOf(EdgeLayout layout) => [layout.OutputCount, layout.InputCount];

    /// <inheritdoc/>
    protected internal override ValueUnits Follow(IReadOnlyList<ValueUnits> inputs) =>
        Children == 1 ? ValueUnits.Of(OutputCount) : ValueUnits.OfChildren(Plan.ChildRows);

    /// <inheritdoc/>
    protected internal override void Forward(ReadOnlySpan<Activations> inputs, LayerBuffers buffers, in Pass pass)
    {
        Compute(Plan.Activation, WeightsOf(pass), inputs[0], buffers, buffers.WeightedSums, buffers.Output, pass.Batch);
    }

    /// <inheritdoc/>
    protected internal override void Backward(
        ReadOnlySpan<Activations> inputs, ReadOnlySpan<Activations?> inputGradients, LayerBuffers buffers, in Pass pass)
    {
        (Activations? sums, Activations output, Activations outputGradient) = (buffers.WeightedSums, buffers.Output, buffers.OutputGradient);
        ElementFunction function = Plan.Activation;
        EdgeReader? reader = buffers.Reader is { } next ? next.Layer.AsReader(next.Buffers, pass) : null;
        if (reader is { } through && pass.KeepsGradients)
        {
            Kernels.EdgeInputGradient(
                through.Edges, through.Weights, ActivationFunction.Identity, null, through.Output, through.Gradient, outputGradient, pass.Batch);
            reader = null;
        }

        if (inputGradients[0] is { } inputGradient)
        {
            Kernels.EdgeInputGradient(DeviceEdges, WeightsOf(pass), function, sums, output, outputGradient, inputGradient, pass.Batch);
            function = ActivationFunction.Identity;
        }
        else if (pass.KeepsGradients)
        {
            Kernels.ActivationGradient(function, sums, output, outputGradient, pass.Batch);
            function = ActivationFunction.Identity;
        }

        if (Chunks is { } chunks)
        {
            if (chunks.Add(new EdgeChunk(inputs[0], sums, output, outputGradient, reader, pass.Batch)))
                Kernels.EdgeWeightGradientOfChunks(DeviceEdges, function, chunks.All, Weight.Gradient, BiasGradient);
            return;
        }

        if (reader is { } only)
        {
            Kernels.EdgeWeightGradientThrough(
                only, DeviceEdges, function, inputs[0], sums, output, outputGradient, Weight.Gradient, BiasGradient, pass.Batch);
        }
        else
        {
            Kernels.EdgeWeightGradient(
                DeviceEdges, function, inputs[0], sums, output, outputGradient, Weight.Gradient, BiasGradient, pass.Batch);
        }

        if (pass.Training)
            CompleteWeightGradient(pass);
        SumBiasGradients();
    }

    /// <summary>
    /// The weights that a training step computes with: a buffer over the edges of <see cref="EdgeLayer.Weight"/>, by default its value, which
    /// predictions always use. The forward and the backward pass of a step both ask for them, the latter perhaps again for the layer below,
    /// after <see cref="CompleteWeightGradient"/>; they must be the same each time.
    /// </summary>
    /// <param name="pass">The pass.</param>
    protected virtual DeviceBuffer WeightsInTraining(in Pass pass) => Weight.Value;

    /// <summary>
    /// Turns the gradient by <see cref="WeightsInTraining"/>, which is in the gradient of <see cref="EdgeLayer.Weight"/>, into the gradient by its value;
    /// by default they are the same.
    /// </summary>
    /// <param name="pass">The pass.</param>
    protected virtual void CompleteWeightGradient(in Pass pass)
    {
    }

    private protected override void Compute(
        ElementFunction activation, DeviceBuffer weights, Activations input, LayerBuffers buffers, Activations? sums, Activations output, int batch) =>
        Kernels.EdgeForward(DeviceEdges, weights, BiasesFor(buffers), activation, input, sums, output, batch);

    private protected override Parameter CreateParent(double[] weights) => CreateWeight(EdgeLayout.Dense(Plan.Neurons, Plan.FanIn), weights);

    private protected override DeviceEdges Prepare(EdgeLayout layout) => Device.Prepare(layout);

    private protected override void ComputeGradient(
        DeviceEdges edges, Activations input, LayerBuffers buffers, DeviceBuffer gradient, DeviceBuffer biasGradient, int batch) =>
        Kernels.EdgeWeightGradient(
            edges, ActivationFunction.Identity, input, buffers.WeightedSums, buffers.Output, buffers.OutputGradient, gradient, biasGradient, batch);

    private EdgeReader AsReader(LayerBuffers buffers, in Pass pass) => new(DeviceEdges, WeightsOf(pass), buffers.Output, buffers.OutputGradient);

    private DeviceBuffer WeightsOf(in Pass pass) => pass.Training ? WeightsInTraining(pass) : Weight.Value;
}

/// <content>The part of the plan that only the runtime knows.</content>
public partial record LinearPlan
{
    /// <inheritdoc/>
    protected internal override LayerPlan WithInputs(IReadOnlyList<int> widths) => WithWidths(widths[0], Neurons);

    /// <summary>The layer with other numbers of inputs and neurons.</summary>
    /// <param name="inputs">Inputs per sample in the dense parent: the fan-in of a neuron, at each place of a sequence.</param>
    /// <param name="neurons">Neurons of the dense parent.</param>
    /// <exception cref="PlanException">A number is below 1 or too large.</exception>
    protected internal virtual LinearPlan WithWidths(int inputs, int neurons) =>
        new(Name, inputs / Places, neurons, Activation, Places) { From = From, Expansion = Expansion };

    /// <inheritdoc/>
    protected internal override Layer Create(Device device, long seed, int index) =>
        Places == 1 ? new Linear(this, device, seed, index) : new SequenceLinear(this, device, seed, index);
}
