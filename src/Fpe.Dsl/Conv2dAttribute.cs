using System;

namespace Fpe;

/// <summary>
/// A convolution: filters that slide over an image, each a weighted sum of all channels in its window, plus a bias. Values outside the image
/// are zero. The property has the type <c>Conv2d</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class Conv2dAttribute : Attribute
{
    /// <summary>Declares a convolution with a square window.</summary>
    /// <param name="filters">The number of filters, which is the number of output channels; at least 1.</param>
    /// <param name="kernel">The rows and columns of the window; from 1 to the size of the padded image.</param>
    public Conv2dAttribute(int filters, int kernel)
        : this(filters, kernel, kernel)
    {
    }

    /// <summary>Declares a convolution.</summary>
    /// <param name="filters">The number of filters, which is the number of output channels; at least 1.</param>
    /// <param name="kernelHeight">The rows of the window; from 1 to those of the padded image.</param>
    /// <param name="kernelWidth">The columns of the window; from 1 to those of the padded image.</param>
    public Conv2dAttribute(int filters, int kernelHeight, int kernelWidth) =>
        (Filters, KernelHeight, KernelWidth) = (filters, kernelHeight, kernelWidth);

    /// <summary>Gets the number of filters, which is the number of output channels.</summary>
    public int Filters { get; }

    /// <summary>Gets the rows of the window.</summary>
    public int KernelHeight { get; }

    /// <summary>Gets the columns of the window.</summary>
    public int KernelWidth { get; }

    /// <summary>The step of the window in rows and columns; 1 by default.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>The step of the window in rows; <see cref="Stride"/> unless it is set.</summary>
    public int StrideHeight { get; set; }

    /// <summary>The step of the window in columns; <see cref="Stride"/> unless it is set.</summary>
    public int StrideWidth { get; set; }

    /// <summary>The rows and columns of zeros added on each side of the image; from 0, the default, to the reach of the window minus 1.</summary>
    public int Padding { get; set; }

    /// <summary>The rows of zeros added above and below the image; <see cref="Padding"/> unless it is set.</summary>
    public int PaddingHeight { get; set; }

    /// <summary>The columns of zeros added to the left and right of the image; <see cref="Padding"/> unless it is set.</summary>
    public int PaddingWidth { get; set; }

    /// <summary>
    /// The step in the image from one row, or column, of the window to the next; 1, the default, for adjacent ones. The window then reaches
    /// over (kernel − 1) · dilation + 1 rows and columns.
    /// </summary>
    public int Dilation { get; set; } = 1;

    /// <summary>The step from one row of the window to the next; <see cref="Dilation"/> unless it is set.</summary>
    public int DilationHeight { get; set; }

    /// <summary>The step from one column of the window to the next; <see cref="Dilation"/> unless it is set.</summary>
    public int DilationWidth { get; set; }

    /// <summary>
    /// The number of groups of consecutive channels and filters; 1 by default. The filters of a group read only the channels of that group.
    /// It divides the numbers of channels and of filters. The children of a filter read only the channels of its group as well, so a convolution
    /// with as many groups as channels cannot be expanded.
    /// </summary>
    public int Groups { get; set; } = 1;

    /// <summary>
    /// The name of the layer whose value this layer reads (use <c>nameof</c>), or <see cref="ModelAttribute.Sample"/>. If null, the
    /// default, it reads the previous layer. Only earlier layers can be read.
    /// </summary>
    public string? From { get; set; }
}
