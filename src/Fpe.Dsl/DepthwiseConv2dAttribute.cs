using System;

namespace Fpe;

/// <summary>
/// A convolution whose filters read one channel each: a weighted sum of the channel in the filter's window, plus a bias. Values outside the
/// image are zero. It cannot be expanded. The property has the type <c>DepthwiseConv2d</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DepthwiseConv2dAttribute : Attribute
{
    /// <summary>Declares a convolution with a square window.</summary>
    /// <param name="kernel">The rows and columns of the window; from 1 to the size of the padded image.</param>
    public DepthwiseConv2dAttribute(int kernel)
        : this(kernel, kernel)
    {
    }

    /// <summary>Declares a convolution.</summary>
    /// <param name="kernelHeight">The rows of the window; from 1 to those of the padded image.</param>
    /// <param name="kernelWidth">The columns of the window; from 1 to those of the padded image.</param>
    public DepthwiseConv2dAttribute(int kernelHeight, int kernelWidth) => (KernelHeight, KernelWidth) = (kernelHeight, kernelWidth);

    /// <summary>Gets the rows of the window.</summary>
    public int KernelHeight { get; }

    /// <summary>Gets the columns of the window.</summary>
    public int KernelWidth { get; }

    /// <summary>The number of filters of each channel; 1 by default.</summary>
    public int Multiplier { get; set; } = 1;

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
    /// The name of the layer whose value this layer reads (use <c>nameof</c>), or <see cref="ModelAttribute.Sample"/>. If null, the
    /// default, it reads the previous layer. Only earlier layers can be read.
    /// </summary>
    public string? From { get; set; }
}
