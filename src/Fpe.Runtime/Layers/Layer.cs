using Fpe.Compute;
using Fpe.Counting;
using static System.FormattableString;

namespace Fpe;

/// <summary>One layer of a model: a step of the forward pass and of the backward pass. It is freed with its model.</summary>
/// <remarks>
/// A layer owns its parameters. What a pass writes besides their gradients goes to <see cref="LayerBuffers"/>, which belong to the
/// pass, so that passes that only predict can run at the same time.
/// </remarks>
public abstract class Layer
{
    private ModelAccess access;

    /// <summary>Begins a layer.</summary>
    /// <param name="plan">The layer as it was declared.</param>
    /// <param name="device">Where it lives.</param>
    protected Layer(LayerPlan plan, Device device)
    {
        Plan = plan;
        Device = device;
        access = new ModelAccess(plan.Name);
    }

    /// <summary>Name of the property that declares the layer.</summary>
    public string Name => Plan.Name;

    /// <summary>The layer as it was declared.</summary>
    public LayerPlan Plan { get; }

    /// <summary>Where the layer lives.</summary>
    public Device Device { get; }

    /// <summary>Values per sample that enter the layer now; more than planned where the layer below was expanded.</summary>
    public abstract int InputCount { get; }

    /// <summary>Values per sample that leave the layer now; more than planned where the layer was expanded.</summary>
    public abstract int OutputCount { get; }

    /// <summary>What the layer learns and what it keeps of what it has seen; empty for a layer that does neither.</summary>
    public abstract IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The layer's kind in a summary, with its activation function if it has one.</summary>
    protected virtual string Kind => GetType().Name;

    /// <summary>Neurons, or filters, of the dense parent; 0 for a layer without any.</summary>
    protected virtual int ParentCount => 0;

    /// <summary>The layer's line in a summary.</summary>
    /// <param name="counts">Its weights as declared; none for a layer without weights.</param>
    /// <param name="isExpanded">Whether the model was expanded.</param>
    internal virtual LayerSummary Summarize(LayerWeights counts, bool isExpanded)
    {
        long weights = Parameters.Where(parameter => parameter.IsWeight).Sum(parameter => (long)parameter.Count);
        long biases = Parameters.Where(parameter => parameter.Role.CountsAsBias()).Sum(parameter => (long)parameter.Count);
        int children = ParentCount == 0 ? 1 : OutputCount / Plan.Outputs;
        return new LayerSummary(
            Name, Kind, InputCount, OutputCount, ParentCount, children, counts.Dense, isExpanded ? counts.BeforePruning : counts.Dense, weights, biases);
    }

    /// <summary>Learns who guards the model it is part of.</summary>
    internal void Join(ModelAccess modelAccess) => access = modelAccess;

    /// <summary>Learns which values it reads, once made and again when widths have changed, and takes over their widths.</summary>
    /// <param name="inputs">The units of each value that it reads.</param>
    /// <returns>The units that leave the layer.</returns>
    protected internal abstract ValueUnits Follow(IReadOnlyList<ValueUnits> inputs);

    /// <summary>Allocates what a pass needs, at the layer's present width.</summary>
    /// <param name="inputs">The buffers of the layers that it reads, or of the samples; their capacity is that of the pass.</param>
    /// <param name="training">Whether the pass goes backward, too.</param>
    protected internal virtual LayerBuffers Allocate(IReadOnlyList<LayerBuffers> inputs, bool training)
    {
        int capacity = inputs[0].Output.Capacity;
        return new LayerBuffers(AllocateOutputs(capacity), training ? AllocateOutputs(capacity) : null);
    }

    /// <summary>Computes the outputs of <paramref name="buffers"/> from the values that the layer reads.</summary>
    protected internal abstract void Forward(ReadOnlySpan<Activations> inputs, LayerBuffers buffers, in Pass pass);

    /// <summary>Computes the gradients of the parameters, and the gradient by each input, from the gradient by the outputs.</summary>
    /// <param name="inputs">What the forward pass read.</param>
    /// <param name="inputGradients">Receive the gradients by the inputs (=); null for inputs below which nothing learns.</param>
    /// <param name="buffers">The buffers of the forward pass.</param>
    /// <param name="pass">The pass, as it was given to <see cref="Forward"/>.</param>
    protected internal abstract void Backward(
        ReadOnlySpan<Activations> inputs, ReadOnlySpan<Activations?> inputGradients, LayerBuffers buffers, in Pass pass);

    /// <summary>Frees the parameters.</summary>
    protected internal virtual void Free()
    {
    }

    /// <summary>Room for the outputs of so many samples.</summary>
    protected Activations AllocateOutputs(int capacity) => Device.AllocateActivations(OutputCount, capacity);

    /// <summary>Reads from the layer while nobody changes it.</summary>
    /// <exception cref="ModelInUseException">Another thread is changing the model.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    private protected T Read<T>(Func<T> read)
    {
        using ModelAccess.Scope scope = access.Read(ModelUse.Reading);
        return read();
    }

    /// <summary>The kind of a layer with an activation function of its own.</summary>
    private protected string KindWith(ActivationFunction activation) =>
        activation == ActivationFunction.Identity ? GetType().Name : $"{GetType().Name}, {activation}";

    /// <summary>The name that PyTorch would give to a parameter of the layer, such as <c>hidden.weight</c>.</summary>
    protected string ParameterName(string what) => $"{Plan.NameInFiles}.{what}";
}

/// <content>What only the runtime knows of the plan.</content>
public abstract partial record LayerPlan
{
    /// <summary>Creates the layer of the dense parent, initialised.</summary>
    /// <param name="device">Where it lives.</param>
    /// <param name="seed">Seed of its initial weights.</param>
    /// <param name="index">Its position in the model, from 0.</param>
    protected internal abstract Layer Create(Device device, long seed, int index);

    /// <summary>The layer for values of other widths; the widths that it has of its own stay.</summary>
    /// <param name="widths">One for each value that it reads.</param>
    protected internal abstract LayerPlan WithInputs(IReadOnlyList<int> widths);

    /// <summary>Writes what the layer is, besides its name and its widths, as model files hold it.</summary>
    protected internal abstract void Describe(IPlanFields fields);

    /// <summary>A layer of images is as large as its image.</summary>
    /// <exception cref="PlanException">The width is another.</exception>
    protected LayerPlan RequireSameInput(IReadOnlyList<int> widths) => widths[0] == Inputs
        ? this
        : throw new PlanException(Name, Invariant($"the layer reads an image of {InputImage}, which are {Inputs} values, but gets {widths[0]}; make them equal."));
}
