using System;

namespace Fpe;

/// <summary>
/// Looks up a learned vector for each token. The result is a sequence: the vector of each place, 0 where a sample has no token. The property
/// has the type <c>Embedding</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EmbeddingAttribute : Attribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="dimension">The number of values of each vector; at least 1.</param>
    public EmbeddingAttribute(int dimension) => Dimension = dimension;

    /// <summary>Gets the number of values of each vector.</summary>
    public int Dimension { get; }

    /// <summary>Whether a learned vector for each place is added, so that later layers can tell the places apart. False by default.</summary>
    public bool Positions { get; set; }

    /// <summary>
    /// The name of the layer whose value this layer reads (use <c>nameof</c>), or <see cref="ModelAttribute.Sample"/>. If null, the
    /// default, it reads the previous layer. Only earlier layers can be read.
    /// </summary>
    public string? From { get; set; }
}
