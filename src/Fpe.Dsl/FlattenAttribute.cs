using System;

namespace Fpe;

/// <summary>
/// Turns an image into the vector that a <c>Linear</c> layer reads: channel by channel, and each row by row, as in PyTorch. The
/// property has the type <c>Flatten</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FlattenAttribute : Attribute
{
    /// <summary>
    /// Name of the layer whose value this one reads, as <c>nameof</c> gives it, or <see cref="ModelAttribute.Sample"/>; null, the default,
    /// for the layer before it. Only earlier layers can be read.
    /// </summary>
    public string? From { get; set; }
}
