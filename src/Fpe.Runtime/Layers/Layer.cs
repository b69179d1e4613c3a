using Fpe.Compute;

namespace Fpe;

/// <summary>One layer of a model: a step of the forward pass and of the backward pass. It is freed with its model.</summary>
/// <remarks>
/// A layer owns its parameters. What a pass writes besides their gradients goes to <see cref="LayerBuffers"/>, which belong to the
/// pass, so that passes that only predict can run at the same time.
/// </remarks>
public abstract class Layer
{
    private ModelAccess access;

    private protected Layer(LayerPlan plan, Device device)
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

    /// <summary>What the layer learns; empty for a layer that learns nothing.</summary>
    public abstract IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Learns who guards the model it is part of.</summary>
    internal void Join(ModelAccess modelAccess) => access = modelAccess;

    /// <summary>Learns which layer it reads, once made and again when that layer's width has changed.</summary>
    /// <param name="layerBelow">The layer below; null for the first.</param>
    internal virtual void Follow(Layer? layerBelow)
    {
    }

    /// <summary>Allocates what a pass needs, at the layer's present width.</summary>
    /// <param name="below">The buffers of the layer below, or of the samples; their capacity is that of the pass.</param>
    /// <param name="training">Whether the pass goes backward, too.</param>
    internal virtual LayerBuffers Allocate(LayerBuffers below, bool training)
    {
        int capacity = below.Output.Capacity;
        return new LayerBuffers(AllocateOutputs(capacity), training ? AllocateOutputs(capacity) : null);
    }

    /// <summary>Computes the outputs of <paramref name="buffers"/> from <paramref name="input"/>.</summary>
    internal abstract void Forward(Activations input, LayerBuffers buffers, in Pass pass);

    /// <summary>Computes the gradients of the parameters, and the gradient by the input, from the gradient by the outputs.</summary>
    /// <param name="input">What the forward pass read.</param>
    /// <param name="inputGradient">Receives the gradient by the input (=); null if nothing below learns.</param>
    /// <param name="buffers">The buffers of the forward pass.</param>
    /// <param name="pass">The pass, as it was given to <see cref="Forward"/>.</param>
    internal abstract void Backward(Activations input, Activations? inputGradient, LayerBuffers buffers, in Pass pass);

    /// <summary>Frees the parameters.</summary>
    internal virtual void Free()
    {
    }

    /// <summary>Room for the outputs of so many samples.</summary>
    private protected Activations AllocateOutputs(int capacity) => Device.AllocateActivations(OutputCount, capacity);

    /// <summary>Reads from the layer while nobody changes it.</summary>
    /// <exception cref="ModelInUseException">Another thread is changing the model.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    private protected T Read<T>(Func<T> read)
    {
        using ModelAccess.Scope scope = access.Read(ModelUse.Reading);
        return read();
    }

    /// <summary>The name that PyTorch would give to a parameter of the layer, such as <c>hidden.weight</c>.</summary>
    private protected string ParameterName(string what) => $"{Plan.NameInFiles}.{what}";
}

/// <content>What only the runtime knows of the plan.</content>
public abstract partial record LayerPlan
{
    /// <summary>Creates the layer of the dense parent, initialised.</summary>
    /// <param name="device">Where it lives.</param>
    /// <param name="seed">Seed of its initial weights.</param>
    /// <param name="index">Its position in the model, from 0.</param>
    internal abstract Layer Create(Device device, long seed, int index);
}
