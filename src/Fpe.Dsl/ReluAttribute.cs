using System;

namespace Fpe;

/// <summary>Applies max(0, z) to the outputs of the layer it stands on, or to the value that a layer of its own reads (type <c>Activation</c>).</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ReluAttribute : Attribute
{
    /// <summary>
    /// On a property of type <c>Activation</c>:
    /// name of the layer whose value this one reads, such as <c>From = nameof(Hidden)</c>: an earlier layer, or
    /// <see cref="ModelAttribute.Sample"/>. By default the layer before it.
    /// </summary>
    public string? From { get; set; }
}
