using System;

namespace Fpe;

/// <summary>
/// Declares a partial class as a model: its layers are its partial properties, in source order. A layer reads the one before it, unless it
/// names others; the last layer's values are the model's outputs.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ModelAttribute : Attribute
{
    /// <summary>Names the sample where a layer names the values that it reads.</summary>
    public const string Sample = "(sample)";

    /// <summary>Declares a model over vectors.</summary>
    /// <param name="inputs">Features of one sample; at least 1.</param>
    public ModelAttribute(int inputs) => Inputs = inputs;

    /// <summary>Declares a model over images. A sample is channel by channel, and each row by row, as in PyTorch.</summary>
    /// <param name="channels">Channels of an image: 1 for grey, 3 for colour; at least 1.</param>
    /// <param name="height">Rows of an image; at least 1.</param>
    /// <param name="width">Columns of an image; at least 1.</param>
    public ModelAttribute(int channels, int height, int width)
    {
        Channels = channels;
        Height = height;
        Width = width;
        Inputs = unchecked(channels * height * width);
    }

    /// <summary>Features of one sample; of an image, channels · height · width.</summary>
    public int Inputs { get; }

    /// <summary>Channels of an image; 0 for vectors.</summary>
    public int Channels { get; }

    /// <summary>Rows of an image; 0 for vectors.</summary>
    public int Height { get; }

    /// <summary>Columns of an image; 0 for vectors.</summary>
    public int Width { get; }

    /// <summary>
    /// Counts biases as well as weights: the extra biases of the children are paid for by pruning weights, so that
    /// weights + biases equal the dense parent's. Every layer keeps at least half of its weights, so too many extra biases are a
    /// compile error. By default only weights are counted, as in the paper.
    /// </summary>
    public bool CountBiases { get; set; }
}
