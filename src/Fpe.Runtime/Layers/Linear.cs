using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Numerics;
using Fpe.Sparsity;

namespace Fpe;

/// <summary>
/// A fully connected layer: y = f(x · Wᵀ + b), with W over the edges that exist. Before expansion all of them do; afterwards
/// each neuron is several rows of W, its children, whose edges partition its own.
/// </summary>
/// <remarks>
/// With <see cref="LinearPlan.DropConnect"/> = p every weight is left out of a training step with probability p and else divided by
/// 1 − p, by a mask of the step's own that is the same for all samples of its batch and is not stored; predictions use all weights
/// as they are, their mean (Wan et al., "Regularization of neural networks using DropConnect", ICML 2013, who draw a mask for each
/// sample and predict with a Gaussian approximation). Biases are never left out.
/// </remarks>
public sealed class Linear : Layer
{
    private readonly int index;
    private Parameter weight;
    private Parameter bias;
    private Parameter[] parameters;
    private SharedBiases? sharedBiases;
    private DeviceBuffer? maskedWeights;

    internal Linear(LinearPlan plan, Device device, long seed, int index)
        : base(plan, device)
    {
        Plan = plan;
        this.index = index;
        var random = new RandomStream(seed, RandomPurpose.Initialisation, index);
        double[] weights = InitialValues.Uniform(plan.Neurons * plan.Inputs, plan.Inputs, random);
        double[] biases = InitialValues.Uniform(plan.Neurons, plan.Inputs, random);
        (weight, bias, parameters) = Store(EdgeLayout.Dense(plan.Neurons, plan.Inputs), weights, biases);
    }

    /// <summary>The layer as it was declared.</summary>
    public new LinearPlan Plan { get; }

    /// <inheritdoc/>
    public override int InputCount => Edges.InputCount;

    /// <inheritdoc/>
    public override int OutputCount => Edges.OutputCount;

    /// <summary>Neurons of the dense parent.</summary>
    public int NeuronCount => Plan.Neurons;

    /// <summary>Children per neuron at present; 1 before expansion.</summary>
    public int Children => OutputCount / NeuronCount;

    /// <summary>
    /// The neuron of the dense parent that an output is a child of; before expansion, the output itself. For each group of
    /// <see cref="ExpansionPlan.Share"/> neurons come all their first children, then all their second, and so on.
    /// </summary>
    /// <param name="output">From 0 to <see cref="Layer.OutputCount"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such output.</exception>
    public int NeuronOf(int output)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(output);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(output, OutputCount);
        return Children == 1 ? output : Plan.ChildRows.NeuronOf(output);
    }

    /// <summary>Which edges exist.</summary>
    public EdgeLayout Edges => DeviceEdges.Layout;

    /// <summary>W, over the edges that exist; initially uniform in ±1/√inputs, as in PyTorch.</summary>
    public Parameter Weight => weight;

    /// <summary>b, one per output, or one per neuron where its children share it; initially uniform in ±1/√inputs, as in PyTorch.</summary>
    public Parameter Bias => bias;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => parameters;

    private DeviceEdges DeviceEdges => weight.Edges!;

    private IKernels Kernels => Device.Kernels;

    /// <summary>Copies the weights from the device: one per slot of <see cref="Edges"/>, 0 where a slot holds no edge.</summary>
    /// <exception cref="ModelInUseException">Another thread is changing the model.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public double[] ReadWeights() => Read(() =>
    {
        var slots = new double[Edges.SlotCount];
        DeviceEdges.Read(weight.Value, slots);
        return slots;
    });

    /// <summary>Copies the biases from the device: one per output.</summary>
    /// <exception cref="ModelInUseException">Another thread is changing the model.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public double[] ReadBiases() => Read(() =>
    {
        var values = new double[bias.Count];
        bias.Value.Read(values);
        var biases = new double[OutputCount];
        for (int output = 0; output < biases.Length; output++)
            biases[output] = values[values.Length == biases.Length ? output : NeuronOf(output)];
        return biases;
    });

    /// <summary>Copies the weights from the device as a matrix [out, in], row by row, with 0 where there is no edge.</summary>
    /// <exception cref="InvalidOperationException">The matrix has more elements than an array.</exception>
    /// <exception cref="ModelInUseException">Another thread is changing the model.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public float[] ToDense() => Read(() =>
    {
        long elements = (long)OutputCount * InputCount;
        if (elements > Array.MaxLength)
            throw new InvalidOperationException($"{Name} has {OutputCount} × {InputCount} elements with zeros filled in, more than the {Array.MaxLength} that fit; use ReadWeights.");
        double[] slots = ReadWeights();
        var dense = new float[elements];
        for (int b = 0; b < Edges.BlockCount; b++)
        {
            EdgeBlock block = Edges.Block(b);
            int slot = block.FirstSlot;
            foreach (int row in block.Rows)
            {
                foreach (int column in block.Columns)
                    dense[(row * InputCount) + column] = (float)slots[slot++];
            }
        }

        return dense;
    });

    /// <summary>The layer's values as expansion wants them; only a layer that was not expanded has them.</summary>
    /// <param name="parts">Where its inputs come from.</param>
    /// <param name="addedTo">The layer to whose neurons its own are added.</param>
    internal ParentLayer ToParent(IReadOnlyList<InputPart> parts, int addedTo) =>
        new(Name, Plan.Inputs, Plan.Neurons, Plan.Expansion, ReadWeights(), ReadBiases()) { Parts = parts, AddedTo = addedTo };

    /// <summary>Takes over values for the present structure.</summary>
    internal void Write(ExpandedLayer values)
    {
        DeviceEdges.Write(values.Weights, weight.Value);
        bias.Value.Write(OwnBiases(values.Biases));
    }

    /// <summary>Takes over structure and values of the expanded layer. Gradients start from 0.</summary>
    internal void Replace(ExpandedLayer expanded)
    {
        Free();
        (weight, bias, parameters) = Store(expanded.Layout, expanded.Weights, expanded.Biases);
    }

    /// <summary>
    /// Takes over other edges; those that stay keep their weights, new ones start from 0. Biases stay. The caller frees the weight that
    /// there was.
    /// </summary>
    /// <returns>The weight that there was.</returns>
    internal Parameter ReplaceEdges(EdgeLayout layout, EdgeTransfer transfer)
    {
        Parameter old = weight;
        double[] slots = transfer.Move(ReadWeights());
        DeviceEdges edges = Device.Prepare(layout);
        weight = new Parameter(old.Name, edges, Device);
        edges.Write(slots, weight.Value);
        parameters = [weight, bias];
        maskedWeights?.Dispose();
        maskedWeights = Plan.DropConnect > 0 ? Device.Allocate(edges.StorageLength) : null;
        return old;
    }

    /// <summary>
    /// The gradient of the last batch by the weights of all edges that there could be: [out, in], row by row. The backward pass has to
    /// have kept its gradients (<see cref="Pass.KeepsGradients"/>).
    /// </summary>
    internal double[] GradientOfAllEdges(Activations input, LayerBuffers buffers, int batch)
    {
        DeviceEdges all = Device.Prepare(EdgeLayout.Dense(OutputCount, InputCount));
        try
        {
            using DeviceBuffer gradient = Device.Allocate(all.StorageLength);
            using DeviceBuffer biasGradient = Device.Allocate(OutputCount);
            Kernels.EdgeWeightGradient(
                all, ActivationFunction.Identity, input, buffers.WeightedSums, buffers.Output, buffers.OutputGradient, gradient, biasGradient, batch);
            var slots = new double[all.Layout.SlotCount];
            all.Read(gradient, slots);
            return slots;
        }
        finally
        {
            all.Free();
        }
    }

    /// <inheritdoc/>
    protected internal override ValueUnits Follow(IReadOnlyList<ValueUnits> inputs) =>
        Children == 1 ? ValueUnits.Of(OutputCount) : ValueUnits.OfChildren(Plan.ChildRows);

    /// <inheritdoc/>
    protected override string Kind => KindWith(Plan.Activation);

    /// <inheritdoc/>
    protected override int ParentCount => NeuronCount;

    /// <inheritdoc/>
    protected internal override LayerBuffers Allocate(IReadOnlyList<LayerBuffers> inputs, bool training)
    {
        int capacity = inputs[0].Output.Capacity;
        return new LayerBuffers(AllocateOutputs(capacity), training ? AllocateOutputs(capacity) : null)
        {
            WeightedSums = Plan.Activation == ActivationFunction.Gelu ? AllocateOutputs(capacity) : null,
            Biases = sharedBiases is null ? null : Device.Allocate(OutputCount),
        };
    }

    /// <inheritdoc/>
    protected internal override void Forward(ReadOnlySpan<Activations> inputs, LayerBuffers buffers, in Pass pass)
    {
        DeviceBuffer weights = weight.Value;
        if (DropsWeights(pass))
        {
            Mask(weights, maskedWeights!, pass);
            weights = maskedWeights!;
        }

        if (buffers.Biases is { } copies)
            sharedBiases!.Copy(bias, copies);
        DeviceBuffer biases = buffers.Biases ?? bias.Value;
        Kernels.EdgeForward(DeviceEdges, weights, biases, Plan.Activation, inputs[0], buffers.WeightedSums, buffers.Output, pass.Batch);
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
            DeviceBuffer weights = dropsWeights ? maskedWeights! : weight.Value;
            Kernels.EdgeInputGradient(DeviceEdges, weights, function, sums, output, outputGradient, inputGradient, pass.Batch);
            function = ActivationFunction.Identity;
        }
        else if (pass.KeepsGradients)
        {
            Kernels.ActivationGradient(function, sums, output, outputGradient, pass.Batch);
            function = ActivationFunction.Identity;
        }

        DeviceBuffer biasGradient = sharedBiases?.Gradient ?? bias.Gradient;
        Kernels.EdgeWeightGradient(
            DeviceEdges, function, inputs[0], sums, output, outputGradient, weight.Gradient, biasGradient, pass.Batch);
        if (dropsWeights)
            Mask(weight.Gradient, weight.Gradient, pass);
        sharedBiases?.SumGradients(bias);
    }

    /// <inheritdoc/>
    protected internal override void Free()
    {
        weight.Free();
        bias.Free();
        sharedBiases?.Free();
        maskedWeights?.Dispose();
    }

    private bool DropsWeights(in Pass pass) => pass.Training && Plan.DropConnect > 0;

    // The gradient of a masked scaling is the same masked scaling of the gradient.
    private void Mask(DeviceBuffer source, DeviceBuffer destination, in Pass pass) => Kernels.DropConnect(
        Plan.DropConnect, unchecked((ulong)pass.Seed), pass.StreamOf(RandomPurpose.DropConnect, index), source, destination);

    private (Parameter Weight, Parameter Bias, Parameter[] Both) Store(EdgeLayout layout, double[] weights, double[] biases)
    {
        DeviceEdges edges = Device.Prepare(layout);
        var newWeight = new Parameter(ParameterName("weight"), edges, Device);
        edges.Write(weights, newWeight.Value);
        if (Plan.DropConnect > 0)
            maskedWeights = Device.Allocate(edges.StorageLength);

        int children = layout.OutputCount / Plan.Neurons;
        if (Plan.Expansion.TiesBiases && children > 1)
            sharedBiases = new SharedBiases(Device, Plan.ChildRows);

        double[] ownBiases = OwnBiases(biases);
        var newBias = new Parameter(ParameterName("bias"), ParameterRole.Bias, ownBiases.Length, Device);
        newBias.Value.Write(ownBiases);
        return (newWeight, newBias, [newWeight, newBias]);
    }

    /// <summary>Of one bias per output, those that are parameters: one per neuron where its children share it.</summary>
    private double[] OwnBiases(double[] biases)
    {
        if (!Plan.Expansion.TiesBiases || biases.Length == Plan.Neurons)
            return biases;
        return [.. Enumerable.Range(0, Plan.Neurons).Select(neuron => biases[Plan.ChildRows.RowOf(neuron, child: 0)])];
    }
}

/// <content>What only the runtime knows of the plan.</content>
public sealed partial record LinearPlan
{
    /// <summary>Which output of the expanded layer is which child.</summary>
    internal ChildRows ChildRows => new(new NeuronGroups(Neurons, Expansion.Share), Expansion.Factor);

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
