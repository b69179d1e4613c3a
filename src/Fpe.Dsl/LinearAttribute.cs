using System;

namespace Fpe;

/// <summary>
/// A fully connected layer: each neuron is a weighted sum of all inputs plus a bias. Over a sequence, it computes the same function of the
/// units of each place. The property has the type <c>Linear</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LinearAttribute : Attribute
{
    /// <summary>Declares a fully connected layer.</summary>
    /// <param name="neurons">The number of neurons of the dense parent, before any expansion; at least 1.</param>
    public LinearAttribute(int neurons) => Neurons = neurons;

    /// <summary>Gets the number of neurons of the dense parent, before any expansion.</summary>
    public int Neurons { get; }

    /// <summary>
    /// The name of the layer whose value this layer reads (use <c>nameof</c>), or <see cref="ModelAttribute.Sample"/>. If null, the
    /// default, it reads the previous layer. Only earlier layers can be read.
    /// </summary>
    public string? From { get; set; }
}
