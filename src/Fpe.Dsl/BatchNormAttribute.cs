using System;

namespace Fpe;

/// <summary>
/// Normalises each value of a vector, or each channel of an image, to mean 0 and variance 1 over the batch, and scales and shifts it by
/// learned numbers; predictions use running means and variances. The property has the type <c>BatchNorm</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class BatchNormAttribute : Attribute
{
    /// <summary>What is added to the variance, so that nothing is divided by 0; above 0, 10⁻⁵ by default.</summary>
    public double Epsilon { get; set; } = 1e-5;

    /// <summary>Share of the last batch in the running means and variances; above 0, at most 1, and 0.1 by default.</summary>
    public double Momentum { get; set; } = 0.1;

    /// <summary>
    /// Name of the layer whose value this one reads, as <c>nameof</c> gives it, or <see cref="ModelAttribute.Sample"/>; null, the default,
    /// for the layer before it. Only earlier layers can be read.
    /// </summary>
    public string? From { get; set; }
}
