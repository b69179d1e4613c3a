using System;

namespace Fpe;

/// <summary>
/// Normalises each value of a vector, or each channel of an image, to mean 0 and variance 1 over the batch, then scales and shifts it by
/// learned parameters. Predictions use running means and variances. The property has the type <c>BatchNorm</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class BatchNormAttribute : Attribute
{
    /// <summary>Added to the variance to prevent division by zero; greater than 0, 10⁻⁵ by default.</summary>
    public double Epsilon { get; set; } = 1e-5;

    /// <summary>The weight of the last batch in the running means and variances; greater than 0 and at most 1, 0.1 by default.</summary>
    public double Momentum { get; set; } = 0.1;

    /// <summary>
    /// The name of the layer whose value this layer reads (use <c>nameof</c>), or <see cref="ModelAttribute.Sample"/>. If null, the
    /// default, it reads the previous layer. Only earlier layers can be read.
    /// </summary>
    public string? From { get; set; }
}
