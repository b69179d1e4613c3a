using System;

namespace Fpe;

/// <summary>Averages each channel of an image, which yields a vector. The property has the type <c>GlobalAvgPool2d</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class GlobalAvgPool2dAttribute : Attribute
{
    /// <summary>
    /// The name of the layer whose value this layer reads (use <c>nameof</c>), or <see cref="ModelAttribute.Sample"/>. If null, the
    /// default, it reads the previous layer. Only earlier layers can be read.
    /// </summary>
    public string? From { get; set; }
}
