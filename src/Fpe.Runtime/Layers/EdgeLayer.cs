using Fpe.Compute;
using Fpe.Counting;
using Fpe.Expansion;
using Fpe.Numerics;
using Fpe.Sparsity;

namespace Fpe;

/// <summary>
/// A layer whose neurons read their inputs over edges that expansion partitions and pruning removes: <see cref="Linear"/>, and
/// <see cref="Conv2d"/>, whose neurons are filters that read a patch of an image at a time.
/// </summary>
public abstract class EdgeLayer : Layer
{
    private Parameter weight;
    private Parameter bias;
    private Parameter[] parameters;
    private SharedBiases? sharedBiases;

    private protected EdgeLayer(EdgeLayerPlan plan, Device device, long seed, int index)
        : base(plan, device)
    {
        var random = new RandomStream(seed, RandomPurpose.Initialisation, index);
        double[] weights = InitialValues.Uniform(plan.NeuronCount * plan.FanIn, plan.FanIn, random);
        double[] biases = InitialValues.Uniform(plan.NeuronCount, plan.FanIn, random);
        (weight, bias, parameters, Edges) = (CreateParent(weights), CreateBias(biases), [], EdgeLayout.Dense(plan.NeuronCount, plan.FanIn));
        Adopt(weight, bias, Edges);
    }

    /// <summary>The layer as it was declared.</summary>
    public new EdgeLayerPlan Plan => (EdgeLayerPlan)base.Plan;

    /// <summary>Neurons of the dense parent.</summary>
    public int NeuronCount => Plan.NeuronCount;

    /// <summary>Current number of children per neuron; 1 before expansion.</summary>
    public int Children => Edges.OutputCount / NeuronCount;

    /// <summary>
    /// Which edges exist: one row per neuron or child, and one column per input. In a convolution, a row is a filter, and column
    /// (channel · rows + i) · columns + j holds weight (i, j) of the window of a channel; in groups, channels are counted within the group.
    /// </summary>
    public EdgeLayout Edges { get; private set; }

    /// <summary>W, stored over the edges that exist; initially uniform in ±1/√fan-in, as in PyTorch.</summary>
    public Parameter Weight => weight;

    /// <summary>b, one per row, or one per neuron if its children share it; initially uniform in ±1/√fan-in, as in PyTorch.</summary>
    public Parameter Bias => bias;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => parameters;

    /// <inheritdoc/>
    protected override string Kind => KindWith(Plan.Activation);

    /// <inheritdoc/>
    protected override int ParentCount => NeuronCount;

    private protected IKernels Kernels => Device.Kernels;

    /// <summary>Whether children share no biases.</summary>
    private protected bool HasOwnBiases => sharedBiases is null;

    /// <summary>Receives the gradient with respect to the bias of each row.</summary>
    private protected DeviceBuffer BiasGradient => sharedBiases?.Gradient ?? bias.Gradient;

    /// <summary>
    /// Returns the neuron of the dense parent that a row is a child of; before expansion, the row itself. Each group of
    /// <see cref="ExpansionPlan.Share"/> neurons contributes all its first children, then all its second children, and so on.
    /// </summary>
    /// <param name="row">From 0 to the number of rows − 1: an output of a <see cref="Linear"/> layer, a filter of a <see cref="Conv2d"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The row does not exist.</exception>
    public int NeuronOf(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Edges.OutputCount);
        return Children == 1 ? row : Plan.ChildRows.NeuronOf(row);
    }

    /// <summary>Copies the weights from the device: one per slot of <see cref="Edges"/>, 0 if the slot holds no edge.</summary>
    /// <exception cref="ModelInUseException">Another thread is changing the model.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public double[] ReadWeights() => Read(() =>
    {
        var slots = new double[Edges.SlotCount];
        if (weight.Edges is { } edges)
            edges.Read(weight.Value, slots);
        else
            weight.Value.Read(slots);
        return slots;
    });

    /// <summary>Copies the biases from the device: one per row.</summary>
    /// <exception cref="ModelInUseException">Another thread is changing the model.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public double[] ReadBiases() => Read(() =>
    {
        var values = new double[bias.Count];
        bias.Value.Read(values);
        var biases = new double[Edges.OutputCount];
        for (int row = 0; row < biases.Length; row++)
            biases[row] = values[values.Length == biases.Length ? row : NeuronOf(row)];
        return biases;
    });

    /// <summary>Copies the weights from the device as a matrix [rows, columns], row by row, with 0 where there is no edge.</summary>
    /// <exception cref="InvalidOperationException">The matrix has more elements than an array can hold.</exception>
    /// <exception cref="ModelInUseException">Another thread is changing the model.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public float[] ToDense() => Read(() =>
    {
        EdgeLayout layout = Edges;
        long elements = (long)layout.OutputCount * layout.InputCount;
        if (elements > Array.MaxLength)
            throw new InvalidOperationException($"{Name} has {layout.OutputCount} × {layout.InputCount} elements including zeros, more than an array can hold ({Array.MaxLength}); use ReadWeights.");
        double[] slots = ReadWeights();
        var dense = new float[elements];
        for (int b = 0; b < layout.BlockCount; b++)
        {
            EdgeBlock block = layout.Block(b);
            int slot = block.FirstSlot;
            foreach (int row in block.Rows)
            {
                foreach (int column in block.Columns)
                    dense[(row * layout.InputCount) + column] = (float)slots[slot++];
            }
        }

        return dense;
    });

    /// <summary>Shape of the tensor that stores the weights of a layout in files, including zeros.</summary>
    internal abstract long[] TensorShapeOf(EdgeLayout layout);

    /// <summary>
    /// Returns the gradient of the last batch with respect to the weights of all possible edges: [rows, columns], row by row. The backward
    /// pass must have kept its gradients (<see cref="Pass.KeepsGradients"/>).
    /// </summary>
    internal double[] GradientOfAllEdges(Activations input, LayerBuffers buffers, int batch)
    {
        DeviceEdges all = Prepare(EdgeLayout.Dense(Edges.OutputCount, Edges.InputCount));
        try
        {
            using DeviceBuffer gradient = Device.Allocate(all.StorageLength);
            using DeviceBuffer biasGradient = Device.Allocate(all.Layout.OutputCount);
            ComputeGradient(all, input, buffers, gradient, biasGradient, batch);
            var slots = new double[all.Layout.SlotCount];
            all.Read(gradient, slots);
            return slots;
        }
        finally
        {
            all.Free();
        }
    }

    /// <summary>Computes the weighted sums of a batch, before the activation.</summary>
    /// <param name="input">What the layer reads.</param>
    /// <param name="buffers">The buffers of the pass.</param>
    /// <param name="sums">Receives the sums.</param>
    /// <param name="batch">Samples.</param>
    internal void ComputeSums(Activations input, LayerBuffers buffers, Activations sums, int batch) =>
        Compute(ActivationFunction.Identity, Weight.Value, input, buffers, sums: null, sums, batch);

    /// <summary>Returns the layer's values in the form that expansion reads; only for a layer that is not expanded.</summary>
    /// <param name="parts">Where its inputs come from.</param>
    /// <param name="addedTo">The layer to whose neurons its own are added.</param>
    internal ParentLayer ToParent(IReadOnlyList<InputPart> parts, int addedTo) =>
        new(Name, Plan.FanIn, NeuronCount, Plan.Expansion, ReadWeights(), ReadBiases()) { Parts = parts, AddedTo = addedTo, InputGroups = Plan.InputGroups };

    /// <summary>Overwrites the values of the current structure.</summary>
    internal void Write(ExpandedLayer values)
    {
        if (weight.Edges is { } edges)
            edges.Write(values.Weights, weight.Value);
        else
            weight.Value.Write(values.Weights);
        bias.Value.Write(OwnBiases(values.Biases));
    }

    /// <summary>Takes over the structure and values of an expanded layer. Gradients start from 0.</summary>
    internal void Replace(ExpandedLayer expanded)
    {
        Free();
        Adopt(CreateWeight(expanded.Layout, expanded.Weights), CreateBias(expanded.Biases), expanded.Layout);
        if (Plan.Expansion.TiesBiases && Children > 1)
            sharedBiases = new SharedBiases(Device, Plan.ChildRows);
    }

    /// <summary>
    /// Replaces the edges; edges that remain keep their weights, new ones start from 0. Biases are unchanged. The caller frees the old
    /// weight.
    /// </summary>
    /// <returns>The old weight.</returns>
    internal Parameter ReplaceEdges(EdgeLayout layout, EdgeTransfer transfer)
    {
        Parameter old = weight;
        Adopt(CreateWeight(layout, transfer.Move(ReadWeights())), bias, layout);
        return old;
    }

    internal override LayerSummary Summarize(LayerWeights counts, bool isExpanded) =>
        base.Summarize(counts, isExpanded) with { Share = isExpanded && Plan.Expansion.IsExpanded ? Math.Min(Plan.Expansion.Share, Plan.GroupNeurons) : 0 };

    /// <inheritdoc/>
    protected internal override LayerBuffers Allocate(IReadOnlyList<LayerBuffers> inputs, bool training)
    {
        int capacity = inputs[0].Output.Capacity;
        return new LayerBuffers(AllocateOutputs(capacity), training ? AllocateOutputs(capacity) : null)
        {
            WeightedSums = Plan.Activation.Kind.NeedsWeightedSums() ? AllocateOutputs(capacity) : null,
            Biases = sharedBiases is null ? null : Device.Allocate(Edges.OutputCount),
        };
    }

    /// <inheritdoc/>
    protected internal override void Free()
    {
        weight.Free();
        bias.Free();
        sharedBiases?.Free();
    }

    /// <summary>Computes outputs with an activation, which need not be that of the layer.</summary>
    private protected abstract void Compute(
        ElementFunction activation, DeviceBuffer weights, Activations input, LayerBuffers buffers, Activations? sums, Activations output, int batch);

    /// <summary>Creates the weights of the dense parent.</summary>
    private protected abstract Parameter CreateParent(double[] weights);

    /// <summary>Prepares edges for the kernels of the layer; slots keep their numbers.</summary>
    private protected abstract DeviceEdges Prepare(EdgeLayout layout);

    /// <summary>Called after the edges of the weights have changed.</summary>
    private protected virtual void EdgesChanged()
    {
    }

    /// <summary>
    /// Computes the gradient with respect to the weights of some edges, from the gradient with respect to the weighted sums of the last
    /// backward pass.
    /// </summary>
    private protected abstract void ComputeGradient(
        DeviceEdges edges, Activations input, LayerBuffers buffers, DeviceBuffer gradient, DeviceBuffer biasGradient, int batch);

    /// <summary>Creates weights over edges.</summary>
    private protected Parameter CreateWeight(EdgeLayout layout, double[] slots)
    {
        DeviceEdges edges = Prepare(layout);
        var created = new Parameter(ParameterName("weight"), edges, Device);
        edges.Write(slots, created.Value);
        return created;
    }

    /// <summary>Returns the bias of each row, for a forward pass.</summary>
    private protected DeviceBuffer BiasesFor(LayerBuffers buffers)
    {
        if (buffers.Biases is { } copies)
            sharedBiases!.Copy(bias, copies);
        return buffers.Biases ?? bias.Value;
    }

    /// <summary>Sums the gradients with respect to biases that children share.</summary>
    private protected void SumBiasGradients() => sharedBiases?.SumGradients(bias);

    private void Adopt(Parameter newWeight, Parameter newBias, EdgeLayout edges)
    {
        (weight, bias, parameters, Edges) = (newWeight, newBias, [newWeight, newBias], edges);
        EdgesChanged();
    }

    private Parameter CreateBias(double[] biases)
    {
        double[] own = OwnBiases(biases);
        var created = new Parameter(ParameterName("bias"), ParameterRole.Bias, own.Length, Device);
        created.Value.Write(own);
        return created;
    }

    /// <summary>Returns the biases that are parameters, given one bias per row: one per neuron if its children share it.</summary>
    private double[] OwnBiases(double[] biases)
    {
        if (!Plan.Expansion.TiesBiases || biases.Length == NeuronCount)
            return biases;
        return [.. Enumerable.Range(0, NeuronCount).Select(neuron => biases[Plan.ChildRows.RowOf(neuron, child: 0)])];
    }
}

/// <content>The part of the plan that only the runtime knows.</content>
public abstract partial record EdgeLayerPlan
{
    /// <summary>Maps children to rows of the expanded layer.</summary>
    internal ChildRows ChildRows => new(new NeuronGroups(NeuronCount, Expansion.Share, GroupNeurons), Expansion.Factor);
}
