using System;

namespace Fpe;

/// <summary>
/// A convolution: filters that slide over an image, each a weighted sum of all channels in its square window, plus a bias. Values outside
/// the image are zero. The property has the type <c>Conv2d</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class Conv2dAttribute : Attribute
{
    /// <summary>Declares a convolution.</summary>
    /// <param name="filters">The number of filters, which is the number of output channels; at least 1.</param>
    /// <param name="kernel">The rows and columns of the window; from 1 to the size of the padded image.</param>
    public Conv2dAttribute(int filters, int kernel)
    {
        Filters = filters;
        Kernel = kernel;
    }

    /// <summary>Gets the number of filters, which is the number of output channels.</summary>
    public int Filters { get; }

    /// <summary>Gets the rows and columns of the window.</summary>
    public int Kernel { get; }

    /// <summary>The step of the window in rows and columns; 1 by default.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>The rows and columns of zeros added on each side of the image; from 0, the default, to the kernel size minus 1.</summary>
    public int Padding { get; set; }

    /// <summary>
    /// The name of the layer whose value this layer reads (use <c>nameof</c>), or <see cref="ModelAttribute.Sample"/>. If null, the
    /// default, it reads the previous layer. Only earlier layers can be read.
    /// </summary>
    public string? From { get; set; }
}
