using Fpe.Compute;

namespace Fpe.Onnx.Layers;

/// <summary>A value that passes from layer to layer: a batch of vectors or images.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="Width">The number of values per sample.</param>
/// <param name="Image">The shape of an image, [batch, channels, height, width] in the graph; null for a vector, [batch, width].</param>
internal readonly record struct Value(string Name, int Width, ImageShape? Image = null)
{
    /// <summary>The sizes of a sample in the graph.</summary>
    public int[] Sizes => Image is { } image ? [image.Channels, image.Height, image.Width] : [Width];
}
