using Fpe.Compute;
using Fpe.Counting;

namespace Fpe;

/// <summary>One layer of a model as it was declared; the shapes are the dense parent's.</summary>
/// <param name="Name">Name of the property that declares the layer.</param>
/// <param name="Inputs">Values per sample that enter the layer in the dense parent.</param>
/// <param name="Outputs">Values per sample that leave the layer in the dense parent.</param>
public abstract record LayerPlan(string Name, int Inputs, int Outputs)
{
    /// <summary>What the counting rules need to know of the layer; null for a layer without weights.</summary>
    internal virtual LayerSize? Size => null;

    /// <summary>The layer without what only expansion looks at: plans that are equal here have dense parents of equal shape.</summary>
    internal virtual LayerPlan DenseParent => this;

    /// <summary>Creates the layer of the dense parent, initialised.</summary>
    /// <param name="device">Where it lives.</param>
    /// <param name="seed">Seed of its initial weights.</param>
    /// <param name="index">Its position in the model, from 0.</param>
    internal abstract Layer Create(Device device, long seed, int index);
}
