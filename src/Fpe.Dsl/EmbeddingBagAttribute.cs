using System;

namespace Fpe;

/// <summary>
/// Computes the mean or the sum of the learned vectors of a sample's tokens, without regard to their order; 0 for a sample without tokens.
/// The property has the type <c>EmbeddingBag</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EmbeddingBagAttribute : Attribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="dimension">The number of values of each vector; at least 1.</param>
    public EmbeddingBagAttribute(int dimension) => Dimension = dimension;

    /// <summary>Gets the number of values of each vector.</summary>
    public int Dimension { get; }

    /// <summary>Whether the vectors are averaged, the default, or added.</summary>
    public BagMode Mode { get; set; }

    /// <summary>
    /// The name of the layer whose value this layer reads (use <c>nameof</c>), or <see cref="ModelAttribute.Sample"/>. If null, the
    /// default, it reads the previous layer. Only earlier layers can be read.
    /// </summary>
    public string? From { get; set; }
}
