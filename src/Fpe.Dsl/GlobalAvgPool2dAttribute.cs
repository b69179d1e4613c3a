using System;

namespace Fpe;

/// <summary>Makes an image the vector of the means of its channels. The property has the type <c>GlobalAvgPool2d</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class GlobalAvgPool2dAttribute : Attribute
{
    /// <summary>
    /// Name of the layer whose value this one reads, as <c>nameof</c> gives it, or <see cref="ModelAttribute.Sample"/>; null, the default,
    /// for the layer before it. Only earlier layers can be read.
    /// </summary>
    public string? From { get; set; }
}
