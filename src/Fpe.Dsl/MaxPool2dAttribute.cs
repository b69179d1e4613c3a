using System;

namespace Fpe;

/// <summary>Takes the maximum over a square window in each channel of an image. The property has the type <c>MaxPool2d</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MaxPool2dAttribute : Attribute
{
    private int? stride;

    /// <summary>Declares a pooling layer.</summary>
    /// <param name="kernel">The rows and columns of the window; from 1 to the size of the padded image.</param>
    public MaxPool2dAttribute(int kernel) => Kernel = kernel;

    /// <summary>Gets the rows and columns of the window.</summary>
    public int Kernel { get; }

    /// <summary>The step of the window in rows and columns; by default the size of the window.</summary>
    public int Stride
    {
        get => stride ?? Kernel;
        set => stride = value;
    }

    /// <summary>
    /// The rows and columns added on each side of the image, which are never the maximum; from 0, the default, to half of the kernel.
    /// </summary>
    public int Padding { get; set; }

    /// <summary>
    /// The name of the layer whose value this layer reads (use <c>nameof</c>), or <see cref="ModelAttribute.Sample"/>. If null, the
    /// default, it reads the previous layer. Only earlier layers can be read.
    /// </summary>
    public string? From { get; set; }
}
