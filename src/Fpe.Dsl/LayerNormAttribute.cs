using System;

namespace Fpe;

/// <summary>
/// Normalises the values of each sample to mean 0 and variance 1, and scales and shifts each by learned numbers (Ba et al., 2016). The
/// property has the type <c>LayerNorm</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LayerNormAttribute : Attribute
{
    /// <summary>Added to the variance, so that nothing is divided by zero; 1e-5 by default, as in PyTorch.</summary>
    public double Epsilon { get; set; } = 1e-5;

    /// <summary>
    /// Name of the layer whose value this one reads, such as <c>From = nameof(Hidden)</c>: an earlier layer, or
    /// <see cref="ModelAttribute.Sample"/>. By default the layer before it.
    /// </summary>
    public string? From { get; set; }
}
