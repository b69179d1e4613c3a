using System;

namespace Fpe;

/// <summary>A fully connected layer: every neuron is a weighted sum of all inputs, plus a bias. The property has the type <c>Linear</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LinearAttribute : Attribute
{
    /// <summary>Declares a fully connected layer.</summary>
    /// <param name="neurons">Neurons of the dense parent, before any expansion; at least 1.</param>
    public LinearAttribute(int neurons) => Neurons = neurons;

    /// <summary>Neurons of the dense parent, before any expansion.</summary>
    public int Neurons { get; }

    /// <summary>
    /// Name of the layer whose value this one reads, as <c>nameof</c> gives it, or <see cref="ModelAttribute.Sample"/>; null, the default,
    /// for the layer before it. Only earlier layers can be read.
    /// </summary>
    public string? From { get; set; }
}
