using Fpe.Compute;

namespace Fpe;

/// <summary>One layer of a model: a step of the forward pass and of the backward pass.</summary>
public abstract class Layer : IDisposable
{
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

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the layer's buffers.</summary>
    protected abstract void Dispose(bool disposing);
}
