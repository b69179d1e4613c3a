using System;

namespace Fpe;

/// <summary>
/// Turns an image into the vector that a <c>Linear</c> layer reads, channel by channel and row by row, as in PyTorch. The property has the
/// type <c>Flatten</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FlattenAttribute : Attribute
{
    /// <summary>
    /// The name of the layer whose value this layer reads (use <c>nameof</c>), or <see cref="ModelAttribute.Sample"/>. If null, the
    /// default, it reads the previous layer. Only earlier layers can be read.
    /// </summary>
    public string? From { get; set; }
}
