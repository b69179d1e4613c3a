using System;

namespace Fpe;

/// <summary>
/// Declares a partial class as a model whose layers are its partial properties, in source order. A layer reads the previous one unless it
/// names others. The values of the last layer are the model's outputs.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ModelAttribute : Attribute
{
    /// <summary>The name of the sample, for layers that name the values they read.</summary>
    public const string Sample = "(sample)";

    /// <summary>Declares a model over several inputs, each a property with <c>[Input]</c>.</summary>
    public ModelAttribute()
    {
    }

    /// <summary>Declares a model over tokens: samples are numbers of words, characters or categories.</summary>
    /// <param name="tokens">The largest number of tokens of a sample; at least 1.</param>
    /// <param name="vocabulary">The number of different tokens, from 0; at least 1.</param>
    public ModelAttribute(int tokens, int vocabulary)
    {
        Inputs = tokens;
        Vocabulary = vocabulary;
    }

    /// <summary>Declares a model over vectors.</summary>
    /// <param name="inputs">The number of features of a sample; at least 1.</param>
    public ModelAttribute(int inputs) => Inputs = inputs;

    /// <summary>Declares a model over images. A sample is stored channel by channel and row by row, as in PyTorch.</summary>
    /// <param name="channels">The number of channels of an image: 1 for grey, 3 for colour; at least 1.</param>
    /// <param name="height">The number of rows of an image; at least 1.</param>
    /// <param name="width">The number of columns of an image; at least 1.</param>
    public ModelAttribute(int channels, int height, int width)
    {
        Channels = channels;
        Height = height;
        Width = width;
        Inputs = unchecked(channels * height * width);
    }

    /// <summary>
    /// Gets the number of features of a sample: for an image, channels · height · width, and for tokens, their largest number; 0 if
    /// <c>[Input]</c> properties declare them.
    /// </summary>
    public int Inputs { get; }

    /// <summary>Gets the number of different tokens; 0 for vectors and images.</summary>
    public int Vocabulary { get; }

    /// <summary>Gets the number of channels of an image; 0 for vectors.</summary>
    public int Channels { get; }

    /// <summary>Gets the number of rows of an image; 0 for vectors.</summary>
    public int Height { get; }

    /// <summary>Gets the number of columns of an image; 0 for vectors.</summary>
    public int Width { get; }

    /// <summary>
    /// Whether biases count as well as weights. If true, the additional biases of the children are offset by pruning weights, so that
    /// weights + biases equal the dense parent's. Every layer keeps at least half of its weights, so too many additional biases are a
    /// compile error. By default, only weights count, as in the paper.
    /// </summary>
    public bool CountBiases { get; set; }
}
