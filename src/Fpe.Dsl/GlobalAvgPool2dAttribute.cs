using System;

namespace Fpe;

/// <summary>Keeps the mean of each channel of an image, as a vector. The property has the type <c>GlobalAvgPool2d</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class GlobalAvgPool2dAttribute : Attribute
{
    /// <summary>
    /// Name of the layer whose value this one reads, such as <c>From = nameof(Hidden)</c>: an earlier layer, or
    /// <see cref="ModelAttribute.Sample"/>. By default the layer before it.
    /// </summary>
    public string? From { get; set; }
}
