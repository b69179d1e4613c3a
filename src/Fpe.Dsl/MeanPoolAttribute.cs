using System;

namespace Fpe;

/// <summary>
/// Computes the mean of each unit of a sequence over its places; places without a token do not count. The property has the type
/// <c>MeanPool</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MeanPoolAttribute : Attribute
{
    /// <summary>
    /// The name of the layer whose value this layer reads (use <c>nameof</c>), or <see cref="ModelAttribute.Sample"/>. If null, the
    /// default, it reads the previous layer. Only earlier layers can be read.
    /// </summary>
    public string? From { get; set; }
}
