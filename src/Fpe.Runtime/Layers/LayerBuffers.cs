using Fpe.Compute;

namespace Fpe;

/// <summary>
/// What a layer writes during a pass besides the gradients of its parameters. Every pass that may run at the same time as
/// another has its own, so that predictions share nothing but the weights.
/// </summary>
/// <param name="output">Receives the outputs of the layer.</param>
/// <param name="outputGradient">Receives the gradient of the loss by the outputs; null if the pass only predicts.</param>
public sealed class LayerBuffers(Activations output, Activations? outputGradient = null) : IDisposable
{
    /// <summary>Outputs of the last forward pass.</summary>
    public Activations Output { get; } = output;

    /// <summary>Gradient of the loss by <see cref="Output"/>; a layer may overwrite it in its backward pass.</summary>
    public Activations OutputGradient =>
        outputGradient ?? throw new InvalidOperationException("These buffers were made for predictions and hold no gradients.");

    /// <summary>Weighted sums, for the slope of GELU; null for other activations.</summary>
    public Activations? WeightedSums { get; init; }

    /// <summary>A copy of the shared bias for each child; null if every output has a bias of its own.</summary>
    public DeviceBuffer? Biases { get; init; }

    /// <summary>Mean and inverse deviation of each sample; null unless the layer is a <see cref="LayerNorm"/>.</summary>
    public Activations? Statistics { get; init; }

    /// <summary>Means and inverse deviations of each unit of the batch; null unless the layer is a <see cref="BatchNorm"/> in training.</summary>
    public DeviceBuffer? BatchStatistics { get; init; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Output.Dispose();
        outputGradient?.Dispose();
        WeightedSums?.Dispose();
        Biases?.Dispose();
        Statistics?.Dispose();
        BatchStatistics?.Dispose();
    }
}
