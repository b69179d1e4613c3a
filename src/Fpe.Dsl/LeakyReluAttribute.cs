using System;

namespace Fpe;

/// <summary>
/// Applies max(0, z) + slope · min(0, z) to the outputs of its layer. On a property of type <c>Activation</c>, it is a separate layer.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LeakyReluAttribute : Attribute
{
    /// <summary>Declares the function.</summary>
    /// <param name="slope">The slope for negative arguments; at least 0 and finite.</param>
    public LeakyReluAttribute(double slope = 0.01) => Slope = slope;

    /// <summary>Gets the slope for negative arguments.</summary>
    public double Slope { get; }

    /// <summary>
    /// For a separate layer: the name of the layer whose value it reads (use <c>nameof</c>), or <see cref="ModelAttribute.Sample"/>. If
    /// null, the default, it reads the previous layer. Only earlier layers can be read.
    /// </summary>
    public string? From { get; set; }
}
