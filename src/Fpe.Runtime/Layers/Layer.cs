using Fpe.Compute;

namespace Fpe;

/// <summary>One layer of a model: a step of the forward pass and of the backward pass.</summary>
/// <remarks>
/// A layer owns its outputs and the gradient by them, so that a pass allocates nothing; it reads its inputs from the layer
/// below and writes the gradient by them into that layer's <see cref="OutputGradient"/>.
/// </remarks>
public abstract class Layer : IDisposable
{
    private Activations? output;
    private Activations? outputGradient;

    private protected Layer(LayerPlan plan, Device device)
    {
        Plan = plan;
        Device = device;
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

    /// <summary>Outputs of the last forward pass.</summary>
    internal virtual Activations Output => output ?? throw NotReserved();

    /// <summary>Gradient of the loss by <see cref="Output"/>; a layer may overwrite it in its backward pass.</summary>
    internal virtual Activations OutputGradient => outputGradient ?? throw NotReserved();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Learns which layer it reads, once made and again when that layer's width has changed.</summary>
    /// <param name="layerBelow">The layer below; null for the first.</param>
    internal virtual void Follow(Layer? layerBelow)
    {
    }

    /// <summary>Makes room for batches of up to <paramref name="capacity"/> samples at the layer's present width.</summary>
    internal virtual void Reserve(int capacity)
    {
        Release();
        output = Device.AllocateActivations(OutputCount, capacity);
        outputGradient = Device.AllocateActivations(OutputCount, capacity);
    }

    /// <summary>Computes <see cref="Output"/> from <paramref name="input"/>.</summary>
    internal abstract void Forward(Activations input, in Pass pass);

    /// <summary>
    /// Computes the gradients of the parameters, and the gradient by the input, from <see cref="OutputGradient"/>.
    /// </summary>
    /// <param name="input">What the forward pass read.</param>
    /// <param name="inputGradient">Receives the gradient by the input (=); null where nothing below learns.</param>
    /// <param name="pass">The pass, as it was given to <see cref="Forward"/>.</param>
    internal abstract void Backward(Activations input, Activations? inputGradient, in Pass pass);

    /// <summary>Frees the layer's buffers.</summary>
    protected virtual void Dispose(bool disposing) => Release();

    /// <summary>Frees what <see cref="Reserve"/> allocated.</summary>
    private protected virtual void Release()
    {
        output?.Dispose();
        outputGradient?.Dispose();
        output = outputGradient = null;
    }

    /// <summary>The name that PyTorch would give to a parameter of the layer, such as <c>hidden.weight</c>.</summary>
    private protected string ParameterName(string what) => $"{Plan.NameInFiles}.{what}";

    private protected InvalidOperationException NotReserved() => new($"Layer {Name} has no room for a batch; call Reserve first.");
}
