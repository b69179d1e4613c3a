using System;

namespace Fpe;

/// <summary>
/// Sets each channel of an image to zero, as a whole, with the given probability during training, and scales the others by 1 / (1 − rate).
/// Predictions pass values through unchanged. The property has the type <c>Dropout2d</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class Dropout2dAttribute : Attribute
{
    /// <summary>Declares a dropout layer.</summary>
    /// <param name="rate">The probability that a channel is set to zero; at least 0 and less than 1.</param>
    public Dropout2dAttribute(double rate) => Rate = rate;

    /// <summary>Gets the probability that a channel is set to zero.</summary>
    public double Rate { get; }

    /// <summary>
    /// The name of the layer whose value this layer reads (use <c>nameof</c>), or <see cref="ModelAttribute.Sample"/>. If null, the
    /// default, it reads the previous layer. Only earlier layers can be read.
    /// </summary>
    public string? From { get; set; }
}
