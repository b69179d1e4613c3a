using System;

namespace Fpe;

/// <summary>
/// Normalises the values of each sample, or the units of each place of a sequence, to mean 0 and variance 1, then scales and shifts each by
/// learned parameters. The property has the type <c>LayerNorm</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LayerNormAttribute : Attribute
{
    /// <summary>Added to the variance to prevent division by zero; greater than 0, 10⁻⁵ by default.</summary>
    public double Epsilon { get; set; } = 1e-5;

    /// <summary>
    /// The name of the layer whose value this layer reads (use <c>nameof</c>), or <see cref="ModelAttribute.Sample"/>. If null, the
    /// default, it reads the previous layer. Only earlier layers can be read.
    /// </summary>
    public string? From { get; set; }
}
