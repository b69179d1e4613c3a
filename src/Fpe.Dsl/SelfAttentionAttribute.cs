using System;

namespace Fpe;

/// <summary>
/// Lets each place of a sequence attend to all places (Vaswani et al., arXiv 1706.03762, section 3.2). It has no weights: it reads the
/// queries, keys and values of each place, one after the other, from a layer with three times its units, such as
/// <c>[Linear(3 * units)]</c>, and another <c>[Linear]</c> after it usually projects the result. Places without a token get no attention. The
/// property has the type <c>SelfAttention</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SelfAttentionAttribute : Attribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="heads">The number of heads, each with its own share of the units; it divides the units.</param>
    public SelfAttentionAttribute(int heads) => Heads = heads;

    /// <summary>Gets the number of heads.</summary>
    public int Heads { get; }

    /// <summary>
    /// The name of the layer whose value this layer reads (use <c>nameof</c>), or <see cref="ModelAttribute.Sample"/>. If null, the
    /// default, it reads the previous layer. Only earlier layers can be read.
    /// </summary>
    public string? From { get; set; }
}
