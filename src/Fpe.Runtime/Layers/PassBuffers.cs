using Fpe.Compute;

namespace Fpe;

/// <summary>The buffers of every layer of a model for one pass at a time, at the widths the layers have when they are made.</summary>
internal sealed class PassBuffers : IDisposable
{
    private readonly LayerBuffers input;
    private readonly LayerBuffers[] layers;

    /// <summary>Allocates buffers for batches of up to the capacity of the inputs.</summary>
    /// <param name="model">The model.</param>
    /// <param name="inputs">The samples that the first layer reads; the caller owns them.</param>
    /// <param name="training">Whether there are backward passes, too.</param>
    public PassBuffers(Model model, Activations inputs, bool training)
    {
        Structure = model.Structure;
        input = new LayerBuffers(inputs);
        layers = new LayerBuffers[model.Layers.Count];
        LayerBuffers below = input;
        for (int l = 0; l < layers.Length; l++)
            below = layers[l] = model.Layers[l].Allocate(below, training);
    }

    /// <summary>Which structure of the model they are for; see <see cref="Model.Structure"/>.</summary>
    public int Structure { get; }

    /// <summary>The samples of the pass.</summary>
    public Activations Inputs => input.Output;

    /// <summary>Outputs of the last forward pass.</summary>
    public Activations Output => layers[^1].Output;

    /// <summary>Gradient of the loss by <see cref="Output"/>, for the backward pass to start from.</summary>
    public Activations OutputGradient => layers[^1].OutputGradient;

    /// <summary>The buffers of a layer.</summary>
    public LayerBuffers this[int layer] => layers[layer];

    /// <summary>The buffers of the layer below, or of the samples.</summary>
    public LayerBuffers Below(int layer) => layer == 0 ? input : layers[layer - 1];

    /// <inheritdoc/>
    public void Dispose()
    {
        // A layer that computes nothing hands on the buffers below it.
        foreach (LayerBuffers buffers in layers.Where(buffers => !ReferenceEquals(buffers, input)))
            buffers.Dispose();
    }
}
