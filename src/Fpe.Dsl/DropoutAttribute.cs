using System;

namespace Fpe;

/// <summary>
/// A layer that sets each value to zero with the given probability while training, and scales the others by
/// 1 / (1 − rate); it passes values through unchanged when predicting. The property has the type <c>Dropout</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DropoutAttribute : Attribute
{
    /// <summary>Declares a dropout layer.</summary>
    /// <param name="rate">Probability that a value is set to zero; at least 0 and below 1.</param>
    public DropoutAttribute(double rate) => Rate = rate;

    /// <summary>Probability that a value is set to zero.</summary>
    public double Rate { get; }

    /// <summary>
    /// Name of the layer whose value this one reads, as <c>nameof</c> gives it, or <see cref="ModelAttribute.Sample"/>; null, the default,
    /// for the layer before it. Only earlier layers can be read.
    /// </summary>
    public string? From { get; set; }
}
