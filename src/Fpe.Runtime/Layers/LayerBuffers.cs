using Fpe.Compute;

namespace Fpe;

/// <summary>
/// Everything that a layer writes during a pass, except the gradients of its parameters. Passes that can run concurrently have separate
/// buffers, so predictions share only the weights.
/// </summary>
/// <param name="output">Receives the outputs of the layer.</param>
/// <param name="outputGradient">Receives the gradient of the loss with respect to the outputs; null if the pass only predicts.</param>
public sealed class LayerBuffers(Activations output, Activations? outputGradient = null) : IDisposable
{
    /// <summary>Outputs of the last forward pass.</summary>
    public Activations Output { get; } = output;

    /// <summary>Gradient of the loss with respect to <see cref="Output"/>; a layer may overwrite it in its backward pass.</summary>
    public Activations OutputGradient =>
        outputGradient ?? throw new InvalidOperationException("These buffers were allocated for predictions and hold no gradients.");

    /// <summary>Weighted sums, for the derivative of GELU; null for other activations.</summary>
    public Activations? WeightedSums { get; init; }

    /// <summary>
    /// The only layer that reads <see cref="Output"/>, if it leaves its input gradient to be computed by the layer of these buffers, with
    /// its own buffers; otherwise null, and <see cref="OutputGradient"/> has been computed when the backward pass reaches the layer.
    /// </summary>
    internal (Linear Layer, LayerBuffers Buffers)? Reader { get; set; }

    /// <summary>A copy of the shared bias for each child; null if every output has its own bias.</summary>
    public DeviceBuffer? Biases { get; init; }

    /// <summary>Mean and inverse standard deviation of each sample, or of each of its places; null unless the layer is a <see cref="LayerNorm"/>.</summary>
    public Activations? Statistics { get; init; }

    /// <summary>The attention that each place gives every place; null unless the layer is a <see cref="SelfAttention"/>.</summary>
    public Activations? Attention { get; init; }

    /// <summary>
    /// Mean and inverse standard deviation of each unit over the batch; null unless the layer is a <see cref="BatchNorm"/> during training.
    /// </summary>
    public DeviceBuffer? BatchStatistics { get; init; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Output.Dispose();
        outputGradient?.Dispose();
        WeightedSums?.Dispose();
        Biases?.Dispose();
        Statistics?.Dispose();
        Attention?.Dispose();
        BatchStatistics?.Dispose();
    }
}
