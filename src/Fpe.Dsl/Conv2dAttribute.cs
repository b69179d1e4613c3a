using System;

namespace Fpe;

/// <summary>
/// A convolution: filters that slide over an image, each a weighted sum of what its square window sees in all channels, plus a
/// bias. Outside the image they see zeros. The property has the type <c>Conv2d</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class Conv2dAttribute : Attribute
{
    /// <summary>Declares a convolution.</summary>
    /// <param name="filters">Filters, which are the channels of the output; at least 1.</param>
    /// <param name="kernel">Rows and columns of the window; from 1 to the size of the image with its padding.</param>
    public Conv2dAttribute(int filters, int kernel)
    {
        Filters = filters;
        Kernel = kernel;
    }

    /// <summary>Filters, which are the channels of the output.</summary>
    public int Filters { get; }

    /// <summary>Rows and columns of the window.</summary>
    public int Kernel { get; }

    /// <summary>Rows and columns from one place of the window to the next; 1 by default.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>Rows and columns of zeros added on each side of the image; 0, the default, to the kernel less 1.</summary>
    public int Padding { get; set; }

    /// <summary>
    /// Name of the layer whose value this one reads, as <c>nameof</c> gives it, or <see cref="ModelAttribute.Sample"/>; null, the default,
    /// for the layer before it. Only earlier layers can be read.
    /// </summary>
    public string? From { get; set; }
}
