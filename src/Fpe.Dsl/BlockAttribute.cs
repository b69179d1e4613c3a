using System;

namespace Fpe;

/// <summary>
/// Declares a partial class as a block: layers that are declared once and used in several places, each use with its own weights. A model
/// or another block uses it by a property of its type, or several times in sequence by <c>[Repeat]</c>. The value of a block is that of its
/// last layer.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class BlockAttribute : Attribute
{
    /// <summary>The name of the value that the block reads, for layers that name the values they read.</summary>
    public const string Input = "(input)";

    /// <summary>Declares a block that reads a vector.</summary>
    /// <param name="inputs">The number of values that it reads, in the dense parent; at least 1.</param>
    public BlockAttribute(int inputs) => Inputs = inputs;

    /// <summary>Declares a block that reads a sequence, such as the value of an <c>[Embedding]</c>.</summary>
    /// <param name="units">The number of units at each place, in the dense parent; at least 1.</param>
    /// <param name="places">The number of places; at least 1.</param>
    public BlockAttribute(int units, int places)
    {
        Units = units;
        Places = places;
        Inputs = unchecked(units * places);
    }

    /// <summary>Declares a block that reads an image.</summary>
    /// <param name="channels">The number of channels of the image, in the dense parent; at least 1.</param>
    /// <param name="height">The number of rows of the image; at least 1.</param>
    /// <param name="width">The number of columns of the image; at least 1.</param>
    public BlockAttribute(int channels, int height, int width)
    {
        Channels = channels;
        Height = height;
        Width = width;
        Inputs = unchecked(channels * height * width);
    }

    /// <summary>Gets the number of values that the block reads: for a sequence, units · places, and for an image, channels · height · width.</summary>
    public int Inputs { get; }

    /// <summary>Gets the number of units at each place of a sequence; 0 for vectors and images.</summary>
    public int Units { get; }

    /// <summary>Gets the number of places of a sequence; 0 for vectors and images.</summary>
    public int Places { get; }

    /// <summary>Gets the number of channels of an image; 0 for vectors.</summary>
    public int Channels { get; }

    /// <summary>Gets the number of rows of an image; 0 for vectors.</summary>
    public int Height { get; }

    /// <summary>Gets the number of columns of an image; 0 for vectors.</summary>
    public int Width { get; }
}
