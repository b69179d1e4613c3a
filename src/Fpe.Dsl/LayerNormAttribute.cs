using System;

namespace Fpe;

/// <summary>
/// Normalises the values of each sample to mean 0 and variance 1, and scales and shifts each by learned numbers. The property has the type
/// <c>LayerNorm</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LayerNormAttribute : Attribute
{
    /// <summary>What is added to the variance, so that nothing is divided by 0; above 0, 10⁻⁵ by default.</summary>
    public double Epsilon { get; set; } = 1e-5;

    /// <summary>
    /// Name of the layer whose value this one reads, as <c>nameof</c> gives it, or <see cref="ModelAttribute.Sample"/>; null, the default,
    /// for the layer before it. Only earlier layers can be read.
    /// </summary>
    public string? From { get; set; }
}
