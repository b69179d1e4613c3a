using System;

namespace Fpe;

/// <summary>Keeps the mean of the values that a square window sees in each channel of an image. The property has the type <c>AvgPool2d</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AvgPool2dAttribute : Attribute
{
    private int? stride;

    /// <summary>Declares a pooling layer.</summary>
    /// <param name="kernel">Rows and columns of the window; from 1 to the size of the image.</param>
    public AvgPool2dAttribute(int kernel) => Kernel = kernel;

    /// <summary>Rows and columns of the window.</summary>
    public int Kernel { get; }

    /// <summary>Rows and columns from one place of the window to the next; by default as many as the window has.</summary>
    public int Stride
    {
        get => stride ?? Kernel;
        set => stride = value;
    }

    /// <summary>
    /// Name of the layer whose value this one reads, as <c>nameof</c> gives it, or <see cref="ModelAttribute.Sample"/>; null, the default,
    /// for the layer before it. Only earlier layers can be read.
    /// </summary>
    public string? From { get; set; }
}
