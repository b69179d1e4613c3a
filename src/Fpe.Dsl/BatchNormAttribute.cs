using System;

namespace Fpe;

/// <summary>
/// Normalises each value of a vector, or each channel of an image, over the batch, and scales and shifts it by learned numbers; predictions
/// use running statistics of the batches (Ioffe and Szegedy, 2015). The property has the type <c>BatchNorm</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class BatchNormAttribute : Attribute
{
    /// <summary>Added to the variance, so that nothing is divided by zero; 1e-5 by default, as in PyTorch.</summary>
    public double Epsilon { get; set; } = 1e-5;

    /// <summary>Share of the last batch in the running statistics; above 0, at most 1; 0.1 by default, as in PyTorch.</summary>
    public double Momentum { get; set; } = 0.1;

    /// <summary>
    /// Name of the layer whose value this one reads, such as <c>From = nameof(Hidden)</c>: an earlier layer, or
    /// <see cref="ModelAttribute.Sample"/>. By default the layer before it.
    /// </summary>
    public string? From { get; set; }
}
